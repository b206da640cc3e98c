using System.Globalization;
using Republic.Core;

namespace Republic.Web.Http;

/// <summary>Expected failures as RFC 9457 problem details, with <c>errors</c> by field.</summary>
public static class OutcomeResults
{
    public static IResult ToResult<T>(this Outcome<T> outcome, Func<T, IResult> onSuccess) =>
        outcome.Ok ? onSuccess(outcome.Value) : outcome.Failure.ToProblem();

    public static IResult ToProblem(this Failure failure) =>
        new WithRetryAfter(
            failure.RetryAfter,
            TypedResults.Problem(
                title: Title(failure.Kind),
                detail: failure.Message,
                statusCode: failure.StatusCode(),
                extensions: Extensions(failure)
            )
        );

    /// <summary>Says when to come back, if the failure knows.</summary>
    public static void SetRetryAfter(this HttpResponse response, TimeSpan? wait)
    {
        if (wait is { } known)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(known.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    public static int StatusCode(this Failure failure) =>
        failure.Kind switch
        {
            FailureKind.NotFound => StatusCodes.Status404NotFound,
            FailureKind.Forbidden => StatusCodes.Status403Forbidden,
            FailureKind.Invalid => StatusCodes.Status400BadRequest,
            FailureKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
            FailureKind.Conflict => StatusCodes.Status409Conflict,
            FailureKind.OverBudget => StatusCodes.Status402PaymentRequired,
            FailureKind.QuotaExceeded => StatusCodes.Status507InsufficientStorage,
            FailureKind.TooMany => StatusCodes.Status429TooManyRequests,
            FailureKind.Upstream => StatusCodes.Status502BadGateway,
            _ => throw new ArgumentOutOfRangeException(nameof(failure), failure.Kind, "A kind of failure without a status code."),
        };

    private static Dictionary<string, object?>? Extensions(Failure failure)
    {
        if (failure is { Fields.Count: 0, Extensions: null })
        {
            return null;
        }

        var extensions = new Dictionary<string, object?>(failure.Extensions ?? new Dictionary<string, object?>(), StringComparer.Ordinal);
        if (failure.Fields.Count > 0)
        {
            extensions["errors"] = ByField(failure.Fields);
        }

        return extensions;
    }

    private static string Title(FailureKind kind) =>
        kind switch
        {
            FailureKind.NotFound => "Not found",
            FailureKind.Forbidden => "Not allowed",
            FailureKind.Invalid => "Something in the request is not right",
            FailureKind.Unprocessable => "It cannot be so",
            FailureKind.Conflict => "Not possible as things are",
            FailureKind.OverBudget => "Over budget",
            FailureKind.QuotaExceeded => "Quota exceeded",
            FailureKind.TooMany => "Too many attempts",
            _ => "The provider did not answer as expected",
        };

    private static Dictionary<string, string[]> ByField(IReadOnlyList<FieldError> fields) =>
        fields
            .GroupBy(f => f.Field, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(f => f.Message).ToArray(), StringComparer.Ordinal);

    private sealed class WithRetryAfter(TimeSpan? wait, IResult problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.SetRetryAfter(wait);
            return problem.ExecuteAsync(httpContext);
        }
    }
}
