namespace Republic.Core;

/// <summary>An expected failure. <paramref name="Message"/> is for people: the fact, what it means, and the way on.</summary>
public sealed record Failure(FailureKind Kind, string Message, IReadOnlyList<FieldError> Fields)
{
    /// <summary>When it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>More members for the JSON of the failure; null for none.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    public static Failure NotFound(string what) => new(FailureKind.NotFound, $"There is no such {what}, or it is not yours.", []);

    public static Failure Forbidden(string message) => new(FailureKind.Forbidden, message, []);

    public static Failure Invalid(string field, string message) => new(FailureKind.Invalid, message, [new FieldError(field, message)]);

    public static Failure Invalid(IReadOnlyList<FieldError> fields) => new(FailureKind.Invalid, fields[0].Message, fields);

    /// <summary>It can be read, but what it says cannot be.</summary>
    public static Failure Unprocessable(string message) => new(FailureKind.Unprocessable, message, []);

    public static Failure Conflict(string message) => new(FailureKind.Conflict, message, []);

    public static Failure TooMany(string message) => new(FailureKind.TooMany, message, []);

    public static Failure Upstream(string message) => new(FailureKind.Upstream, message, []);
}
