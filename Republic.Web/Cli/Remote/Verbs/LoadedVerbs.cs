using Republic.Web.Cli.Remote.Loaded;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>The verbs about the models in memory.</summary>
internal static class LoadedVerbs
{
    public static async Task<int> ListAsync(RemoteCall call, CancellationToken ct)
    {
        var json = await call.Models.LoadedAsync(ct);
        return await call.DoneAsync(call.Arguments.Json ? RemoteJson.Printed(json) : LoadedTable.Of(call.Models.Read<RemoteLoaded>(json)));
    }

    public static async Task<int> UnloadAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await call.FindAsync(ct);
        return await call.DoneAsync(
            await call.Models.UnloadAsync(model.Id!, ct) switch
            {
                { Unloaded: true } => $"{model.Name} is unloaded.",
                { Unloading: true } => $"{model.Name} is answering. It takes no new requests, and is unloaded when its answers end.",
                _ => $"{model.Name} was not in memory.",
            }
        );
    }
}
