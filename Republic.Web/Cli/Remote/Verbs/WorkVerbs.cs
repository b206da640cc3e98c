using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>The verbs that begin, pause or continue the work of the server on a model.</summary>
internal static class WorkVerbs
{
    public static async Task<int> PauseAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await call.FindAsync(ct);
        var paused = await call.Models.ActAsync(model.Id!, "pause", null, ct);
        return await call.DoneAsync($"{paused.Name}: {paused.State}. republic resume {paused.Id} continues.");
    }

    /// <summary>Continues with a model that is paused; one that has failed or is quarantined is tried again.</summary>
    public static async Task<int> ResumeAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await call.FindAsync(ct);
        var action = model.Status is "failed" || model.Quarantined is not null ? "retry" : "resume";
        return await call.DoneAsync(ModelWait.Continues(await call.Models.ActAsync(model.Id!, action, null, ct)));
    }

    public static async Task<int> TestAsync(RemoteCall call, CancellationToken ct)
    {
        var wait = new ModelWait(call)
        {
            Ready = model => $"{model.Name}: {(ModelDetails.Measured(model.Measured) is { Length: > 0 } figures ? figures : "ready")}",
        };
        return await wait.RunAsync(async stop => await call.Models.ActAsync((await call.FindAsync(stop)).Id!, "test", null, stop), ct);
    }

    public static Task<int> QuantizeAsync(RemoteCall call, CancellationToken ct) =>
        new ModelWait(call).RunAsync(
            async stop => await call.Models.ActAsync((await call.FindAsync(stop)).Id!, "quantize", call.Arguments.Body, stop),
            ct
        );

    /// <summary>The body of <c>POST /api/personal-models/{id}/quantize</c>.</summary>
    public static JsonObject CopyOrder(OptionReader options, IReadOnlyList<string> words)
    {
        // The types are written in capitals, which nobody has to know.
        var body = new JsonObject { ["type"] = words[1].ToUpperInvariant() };
        if (options.Text("--name") is { } name)
        {
            body["custom_name"] = name;
        }

        return body;
    }
}
