using System.Net;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The forms of a scenario's pages, read and sent by its owner's browser without a script.</summary>
internal static partial class EditorForms
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="form">Below the address of the editor.</param>
    public static async Task<string> ReadFormAsync(this WrittenScenario scenario, string form = "") =>
        WebUtility.HtmlDecode(await (await scenario.Owner.BrowserAsync()).ReadAsync($"/scenarios/{scenario.Id}/edit{form}"));

    /// <inheritdoc cref="SendAsync"/>
    public static Task<(HttpStatusCode Status, string Location, string Body)> SendFormAsync(
        this WrittenScenario scenario,
        string form,
        Dictionary<string, string> fields,
        string? handler = null,
        string? seen = null
    ) => scenario.SendAsync($"/edit{form}", fields, handler, seen);

    /// <param name="page">Below the address of the scenario.</param>
    /// <param name="seen">What an older form says; null for what the page has now.</param>
    public static async Task<(HttpStatusCode Status, string Location, string Body)> SendAsync(
        this WrittenScenario scenario,
        string page,
        Dictionary<string, string> fields,
        string? handler = null,
        string? seen = null
    )
    {
        var browser = await scenario.Owner.BrowserAsync();
        var path = $"/scenarios/{scenario.Id}{page}";
        if (seen is not null)
        {
            fields["Input.UpdatedAt"] = seen;
        }

        using var answer = await browser.SubmitAsync(path, fields, handler is null ? path : $"{path}?handler={handler}");
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? "", body);
    }

    /// <summary>When the element was changed last, as the form on a page has it.</summary>
    public static string Seen(string page) => UpdatedAt().Match(page).Groups["moment"].Value;

    [GeneratedRegex("name=\"Input.UpdatedAt\" value=\"(?<moment>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UpdatedAt();
}
