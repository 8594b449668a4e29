"""The routes, one module per resource."""

from app.api.routes import (
    cases,
    conditions,
    failure_causes,
    findings,
    guidelines,
    keys,
    measures,
    operations,
    quality,
    recommendations,
    references,
    releases,
    screens,
    topics,
    treatments,
    warning_signs,
)

ROUTERS = (
    recommendations.router,
    topics.router,
    treatments.router,
    failure_causes.router,
    warning_signs.router,
    findings.router,
    measures.router,
    screens.router,
    conditions.router,
    references.router,
    guidelines.router,
    cases.router,
    releases.router,
    quality.router,
    operations.router,
    keys.router,
)
