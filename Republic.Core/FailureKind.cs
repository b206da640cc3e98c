namespace Republic.Core;

public enum FailureKind
{
    NotFound,
    Forbidden,
    Invalid,
    Unprocessable,
    Conflict,
    OverBudget,
    QuotaExceeded,
    TooMany,
    Upstream,
}
