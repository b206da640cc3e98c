using System.Globalization;
using Republic.Core;
using Republic.Core.Providers;

namespace Republic.Web.Pages.Models;

public sealed record TestAnswer(bool Ok, string Text)
{
    /// <summary>The base URL that was typed; null where one that is stored was tested.</summary>
    public string? Address { get; init; }

    /// <summary>The host and port that a superuser may allow, where that is what stands in the way.</summary>
    public string? AllowableHost { get; init; }

    public static TestAnswer Of(Outcome<ConnectionTest> test) =>
        !test.Ok
            ? new TestAnswer(
                false,
                string.Join(' ', test.Failure.Fields.Select(field => field.Message).DefaultIfEmpty(test.Failure.Message))
            )
        : test.Value.Ok ? new TestAnswer(true, $"Answered in {Milliseconds(test.Value.LatencyMs)}")
        : new TestAnswer(false, test.Value.Error ?? "It did not answer.") { AllowableHost = test.Value.AllowableHost };

    private static string Milliseconds(long ms) =>
        ms < 10_000
            ? string.Create(CultureInfo.InvariantCulture, $"{ms:N0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{ms / 1000d:0.0} s");
}
