using System.Globalization;
using System.Text.Json.Nodes;
using Republic.Core;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>The verbs that change a model's name, and how it is kept in memory.</summary>
internal static class ChangeVerbs
{
    private const string Default = "default";

    public static async Task<int> RenameAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await call.FindAsync(ct);
        var renamed = await call.Models.ChangeAsync(model.Id!, call.Arguments.Body, ct);
        return await call.DoneAsync($"{model.Name} is now called {renamed.Name}.");
    }

    public static async Task<int> PinAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await ChangeAsync(call, new() { ["pinned"] = true }, ct);
        return await call.DoneAsync($"{model.Name} is pinned: once loaded, it stays in memory.");
    }

    public static async Task<int> UnpinAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await ChangeAsync(call, new() { ["pinned"] = false }, ct);
        return await call.DoneAsync($"{model.Name} is no longer pinned: it is unloaded when it was not used for a time.");
    }

    public static async Task<int> SetAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await ChangeAsync(call, call.Arguments.Body, ct);
        var keepAlive = model.KeepAliveMinutes is { } minutes ? $"{Figures.Count(minutes)} min" : Default;
        var context = model.ContextLength is { } tokens ? Figures.Count(tokens, "token") : Default;
        return await call.DoneAsync($"{model.Name}: keep-alive {keepAlive}, context {context}");
    }

    public static JsonObject NewName(OptionReader options, IReadOnlyList<string> words) => new() { ["custom_name"] = words[1] };

    /// <summary>The settings that are given; null is the default, and one that is missing stays as it is.</summary>
    public static JsonObject Settings(OptionReader options, IReadOnlyList<string> words)
    {
        var body = new JsonObject();
        Read(body, "keep_alive_minutes", options, "--keep-alive", "minutes");
        Read(body, "context_length", options, "--context", "tokens");
        if (body.Count == 0)
        {
            options.Note("--keep-alive", "Nothing is to be set. Give --keep-alive, --context or both.");
        }

        return body;
    }

    private static async Task<RemoteModel> ChangeAsync(RemoteCall call, JsonObject change, CancellationToken ct) =>
        await call.Models.ChangeAsync((await call.FindAsync(ct)).Id!, change, ct);

    private static void Read(JsonObject body, string member, OptionReader options, string name, string unit)
    {
        if (options.Text(name) is not { } text)
        {
            return;
        }

        // What is in range is the server's to say.
        if (text != Default && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            options.Note(name, $"{name} needs a whole number of {unit}, or {Default}, and {text} is neither.");
        }

        body[member] = text == Default ? null : options.Whole(name);
    }
}
