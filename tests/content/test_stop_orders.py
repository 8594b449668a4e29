"""An order to stop a medicine is told from a refusal, a question and a fact."""

import pytest

from app.content.stop_orders import StopOrders

NAMES = ("Ibuprofen", "Opioids", "NSAIDs (anti-inflammatory tablets)", "Capsaicin")
ORDERS = StopOrders(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Stop ibuprofen.",
        "Stop taking ibuprofen.",
        "Stop using your capsaicin cream.",
        "STOP THE TABLETS AT ONCE.",
        "Please stop your opioid.",
        "Skip the evening dose.",
        "Pause your blood thinner for two days.",
        "Come off opioids slowly.",
        "Slowly wean off the steroids.",
        "Discontinue all your other anti-inflammatory tablets.",
        "Stop aspirin three days before the injection.",
        "You stop your blood thinner two days before.",
        "You must stop taking them.",
        "You should stop or change your tablets.",
        "You need to give up your painkillers.",
        "It is best to leave out the morning tablets.",
        "It is time to quit opioids.",
        "Call 999 and stop taking the tablets.",
        "Rest. Then stop the NSAIDs.",
        "Rest: stop your medication.",
        "Two steps:\n- rest\n- stop the pills",
        "Two steps:\n* rest\n* stop the pills",
        "Stop **ibuprofen** now.",
        "If it burns, stop the cream.",
        "Stop the cream if it burns.",
        "Before the injection, stop your blood thinner.",
        "When you get a rash \u2013 stop the tablets.",
        "If it does not help, stop the tablets.",
        "It does not help, so stop taking it.",
        "It may burn; stop the cream.",
        "Do not wait, but stop your tablets.",
        "Do not worry. Stop your tablets.",
        "Without delay, stop your tablets.",
        "\u201cStop your tablets.\u201d",
        "What now? Stop your tablets.",
    ],
)
def test_it_is_an_order(text: str) -> None:
    assert ORDERS.is_in(text, of_medicine=False)


@pytest.mark.parametrize(
    "text",
    [
        "Do not stop your blood thinner on your own.",
        "Don't stop your tablets.",
        "Don\u2019t stop your tablets.",
        "Never stop or restart a blood thinner by yourself.",
        "Do not start, stop or change a medicine on your own.",
        "If you feel well, do not stop the tablets.",
        "Nobody should stop opioids at once.",
        "You cannot stop opioids from one day to the next.",
        "Ask who can help you to come off opioids.",
        "Ask whether you need to stop your blood thinner.",
        "A clinician can help you stop opioids.",
        "The team says how you come off opioids.",
        "If you stop opioids, sleep can be poor for a while.",
        "Ask before you stop your tablets.",
        "Pain can be worse after you stop ibuprofen.",
        "You may need to pause a blood thinner.",
        "About 16 of 100 people stop taking it within a year.",
        "It is hard to stop opioids.",
        "Should I stop my blood thinner before the injection?",
        "Do I need to stop taking ibuprofen?",
        "When do we stop or change the tablets?",
        "Opioids can stop your breathing.",
        "Stop and get help at once for new leg weakness.",
        "Stop and ask about your tablets.",
        "Stop the exercise, and take a tablet.",
        "Stop using the heat pad when your skin is red.",
        "Do less then, but do not give up.",
        "He stopped ibuprofen in May.",
        "Ibuprofen",
        "",
    ],
)
def test_it_is_no_order(text: str) -> None:
    assert not ORDERS.is_in(text, of_medicine=False)


@pytest.mark.parametrize(
    ("text", "is_order"),
    [
        ("Stop it at once.", True),
        ("If your skin is sore, stop using it.", True),
        ("You should stop them.", True),
        ("You come off it slowly.", False),
        ("Do not stop it suddenly.", False),
        ("Together they can stop it.", False),
    ],
)
def test_in_a_text_of_a_medicine_it_is_the_medicine(
    text: str, *, is_order: bool
) -> None:
    assert ORDERS.is_in(text, of_medicine=True) is is_order
    assert not ORDERS.is_in(text, of_medicine=False)


@pytest.mark.parametrize("text", ["Stop.", "Stop the belt.", "", "Stop it."])
def test_without_names_only_what_is_called_a_medicine_counts(text: str) -> None:
    orders = StopOrders(())

    assert not orders.is_in(text, of_medicine=False)
    assert orders.is_in("Stop your pills.", of_medicine=False)
