using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>The verbs about the versions that minions were trained to on a model.</summary>
internal static class VersionVerbs
{
    private const int LongestName = 30;

    private static readonly (string Heading, bool IsNumber, Func<RemoteVersion, string> Text)[] Columns =
    [
        ("Version", true, version => version.Version?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("Minion", false, version => Name(version.MinionName)),
        ("Run", false, version => Name(version.RunName)),
        ("Dataset", true, version => Text(version.DatasetVersion)),
        ("Verdict", false, version => Text(version.Verdict)),
        ("Deployed", false, version => ModelDetails.Date(version.DeployedAt) ?? ""),
        ("Live", false, version => version.IsLive == true ? "live" : ""),
    ];

    public static async Task<int> ListAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await call.FindAsync(ct);
        var json = await call.Models.GetAsync(model.Id!, "versions", ct);
        var versions = call.Models.ReadAll<RemoteVersion>(json, "versions");
        return await call.DoneAsync(
            call.Arguments.Json ? RemoteJson.Printed(json)
            : versions.Count == 0 ? $"No minion has been trained on {model.Name}."
            : TextTable.Of(Columns, versions)
        );
    }

    public static async Task<int> RollBackAsync(RemoteCall call, CancellationToken ct)
    {
        var (model, body) = (await call.FindAsync(ct), call.Arguments.Body);
        if (call.Arguments.Minion is { } word)
        {
            body["minion_id"] = await MinionAsync(call, model, word, ct);
        }

        var now = await call.Models.ActAsync(model.Id!, "rollback", body, ct);
        // Several minions may have versions on it; the model's own number is then not that of the minion that was asked for.
        var version = body["version"]?.GetValue<int>() ?? (call.Arguments.Minion is null ? now.FineTuneVersion : null);
        return await call.DoneAsync(
            version switch
            {
                null => $"{now.Name} is back at the version before. republic versions {now.Id} shows which one is live.",
                0 => $"{now.Name} answers without training again.",
                _ => $"{now.Name} is back at version {version}.",
            }
        );
    }

    /// <summary>The version of the body of <c>POST /api/personal-models/{id}/rollback</c>; none for the one before the live one.</summary>
    public static JsonObject Target(OptionReader options, IReadOnlyList<string> words) =>
        options.Whole("--version", least: 0) is { } version ? new() { ["version"] = version } : [];

    private static async Task<string> MinionAsync(RemoteCall call, RemoteModel model, string word, CancellationToken ct)
    {
        if (Guid.TryParse(word, out _))
        {
            return word;
        }

        var versions = call.Models.ReadAll<RemoteVersion>(await call.Models.GetAsync(model.Id!, "versions", ct), "versions");
        var ids = versions
            .Where(version => string.Equals(version.MinionName, word, StringComparison.OrdinalIgnoreCase))
            .Select(version => version.MinionId)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return ids switch
        {
            [var id] => id,
            [] => throw new RemoteException(
                $"No minion called {word} has a version on {model.Name}. republic versions {model.Id} shows them.",
                ExitCode.NotPossible
            ),
            _ => throw new RemoteException(
                $"{word} is the name of {ids.Count} minions. Give an id: {string.Join(", ", ids)}.",
                ExitCode.NotPossible
            ),
        };
    }

    private static string Name(string? name) => RemoteText.Cut(RemoteText.OneLine(name), LongestName);

    private static string Text(JsonElement? value) => RemoteText.OneLine(value?.Text() ?? value?.GetRawText());
}
