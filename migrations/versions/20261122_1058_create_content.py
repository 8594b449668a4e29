"""Create the log of releases and the tables of items.

Revision ID: edacd0d3423d
Revises:
Create Date: 2026-11-22 10:58:52.567222+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "edacd0d3423d"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_name", sa.String(length=80), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column(
            "significance",
            sa.Enum(
                "safety",
                "clinical",
                "editorial",
                name="significance",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("checksum", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_release")),
    )
    op.create_table(
        "case",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_case_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_case")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_name"), ["name"], unique=False)

    op.create_table(
        "condition",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_condition_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_condition")),
    )
    with op.batch_alter_table("condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_condition_name"), ["name"], unique=False)

    op.create_table(
        "failurecause",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["release.number"],
            name=op.f("fk_failurecause_release_release"),
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_failurecause")),
    )
    with op.batch_alter_table("failurecause", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_failurecause_name"), ["name"], unique=False
        )

    op.create_table(
        "finding",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "symptom",
                "condition",
                "medicine",
                "procedure-result",
                "preference",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_finding_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_name"), ["name"], unique=False)

    op.create_table(
        "guideline",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_guideline_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_guideline")),
    )
    with op.batch_alter_table("guideline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guideline_name"), ["name"], unique=False)

    op.create_table(
        "library",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_library_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_library")),
    )
    with op.batch_alter_table("library", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_library_name"), ["name"], unique=False)

    op.create_table(
        "measure",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_measure_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_name"), ["name"], unique=False)

    op.create_table(
        "reference",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_reference_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_reference")),
    )
    with op.batch_alter_table("reference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reference_name"), ["name"], unique=False)

    op.create_table(
        "revision",
        sa.Column(
            "kind",
            sa.Enum(
                "library",
                "references",
                "guidelines",
                "conditions",
                "findings",
                "measures",
                "screens",
                "treatments",
                "failure-causes",
                "warning-signs",
                "topics",
                "cases",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_revision_release_release")
        ),
        sa.PrimaryKeyConstraint("kind", "slug", "release", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revision_release"), ["release"], unique=False
        )

    op.create_table(
        "screen",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_screen_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_screen")),
    )
    with op.batch_alter_table("screen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screen_name"), ["name"], unique=False)

    op.create_table(
        "topic",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_topic_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_topic")),
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_name"), ["name"], unique=False)

    op.create_table(
        "treatment",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "self-care",
                "assessment",
                "rehabilitation",
                "psychological",
                "medication",
                "injection",
                "procedure",
                "surgery",
                "complementary",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "setting",
            sa.Enum(
                "home",
                "clinic",
                "hospital",
                name="setting",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "benefit",
            sa.Enum(
                "likely",
                "possible",
                "unclear",
                "unlikely",
                name="benefit",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("certainty_rank", sa.Integer(), nullable=False),
        sa.Column("invasiveness", sa.Integer(), nullable=False),
        sa.Column("last_reviewed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_treatment_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_treatment")),
    )
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_treatment_category"), ["category"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_treatment_name"), ["name"], unique=False)

    op.create_table(
        "warningsign",
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "name",
            sa.String(length=300).with_variant(
                sa.String(length=300, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "emergency",
                "urgent",
                "soon",
                "routine",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("urgency_rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name=op.f("fk_warningsign_release_release")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_warningsign")),
    )
    with op.batch_alter_table("warningsign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_warningsign_name"), ["name"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_warningsign_urgency"), ["urgency"], unique=False
        )

    op.create_table(
        "failurecausetopic",
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("failure_cause", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["failure_cause"],
            ["failurecause.slug"],
            name=op.f("fk_failurecausetopic_failure_cause_failurecause"),
        ),
        sa.PrimaryKeyConstraint(
            "topic", "failure_cause", name=op.f("pk_failurecausetopic")
        ),
    )
    op.create_table(
        "failurecausetreatment",
        sa.Column("failure_cause", sa.String(), nullable=False),
        sa.Column("treatment", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["failure_cause"],
            ["failurecause.slug"],
            name=op.f("fk_failurecausetreatment_failure_cause_failurecause"),
        ),
        sa.PrimaryKeyConstraint(
            "failure_cause", "treatment", name=op.f("pk_failurecausetreatment")
        ),
    )
    op.create_table(
        "treatmentancestor",
        sa.Column("ancestor", sa.String(length=80), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["treatment"],
            ["treatment.slug"],
            name=op.f("fk_treatmentancestor_treatment_treatment"),
        ),
        sa.PrimaryKeyConstraint(
            "ancestor", "treatment", name=op.f("pk_treatmentancestor")
        ),
    )
    op.create_table(
        "treatmentposition",
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("guideline", sa.String(length=80), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "for",
                "conditional",
                "against",
                "silent",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "jurisdiction",
            sa.Enum(
                "INT",
                "UK",
                "US",
                "EU",
                "NL",
                "BE",
                "DK",
                name="jurisdiction",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["treatment"],
            ["treatment.slug"],
            name=op.f("fk_treatmentposition_treatment_treatment"),
        ),
        sa.PrimaryKeyConstraint(
            "treatment", "guideline", "stance", name=op.f("pk_treatmentposition")
        ),
    )
    op.create_table(
        "treatmenttopic",
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["treatment"],
            ["treatment.slug"],
            name=op.f("fk_treatmenttopic_treatment_treatment"),
        ),
        sa.PrimaryKeyConstraint("topic", "treatment", name=op.f("pk_treatmenttopic")),
    )
    op.create_table(
        "warningsigntopic",
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("warning_sign", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["warning_sign"],
            ["warningsign.slug"],
            name=op.f("fk_warningsigntopic_warning_sign_warningsign"),
        ),
        sa.PrimaryKeyConstraint(
            "topic", "warning_sign", name=op.f("pk_warningsigntopic")
        ),
    )


def downgrade() -> None:
    op.drop_table("warningsigntopic")
    op.drop_table("treatmenttopic")
    op.drop_table("treatmentposition")
    op.drop_table("treatmentancestor")
    op.drop_table("failurecausetreatment")
    op.drop_table("failurecausetopic")
    with op.batch_alter_table("warningsign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_warningsign_urgency"))
        batch_op.drop_index(batch_op.f("ix_warningsign_name"))

    op.drop_table("warningsign")
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_treatment_name"))
        batch_op.drop_index(batch_op.f("ix_treatment_category"))

    op.drop_table("treatment")
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_name"))

    op.drop_table("topic")
    with op.batch_alter_table("screen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screen_name"))

    op.drop_table("screen")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_release"))

    op.drop_table("revision")
    with op.batch_alter_table("reference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reference_name"))

    op.drop_table("reference")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_name"))

    op.drop_table("measure")
    with op.batch_alter_table("library", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_library_name"))

    op.drop_table("library")
    with op.batch_alter_table("guideline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guideline_name"))

    op.drop_table("guideline")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_name"))
        batch_op.drop_index(batch_op.f("ix_finding_kind"))

    op.drop_table("finding")
    with op.batch_alter_table("failurecause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failurecause_name"))

    op.drop_table("failurecause")
    with op.batch_alter_table("condition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_condition_name"))

    op.drop_table("condition")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_name"))

    op.drop_table("case")
    op.drop_table("release")
