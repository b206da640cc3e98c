namespace Republic.Core;

public enum FailureKind
{
    NotFound,
    Forbidden,
    Invalid,
    Conflict,
    OverBudget,
    QuotaExceeded,
    TooMany,
    Upstream,
}
