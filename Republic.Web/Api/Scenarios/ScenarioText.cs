using System.Text;
using Republic.Core;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Web.Api.Scenarios;

/// <summary>The text of a scenario as the body of a request.</summary>
internal static class ScenarioText
{
    public const string MediaType = "application/yaml";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whatever type it is sent with.</summary>
    public static async Task<Outcome<string>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, ct);
        if (bytes.Length > ScenarioYaml.MostBytes)
        {
            return Refused($"The text has more than {ScenarioYaml.MostBytes:n0} bytes, as many as are read. Shorten prompts or facts.");
        }

        try
        {
            // The mark that some editors begin a file with is no part of the text.
            return Utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Refused("The text is not UTF-8. Save it as UTF-8 and send it again.");
        }
    }

    private static Failure Refused(string message) =>
        ScenarioEditor.Refused([new ScenarioProblem(ProblemSeverity.Error, "", message) { Line = 1, Column = 1 }])!;
}
