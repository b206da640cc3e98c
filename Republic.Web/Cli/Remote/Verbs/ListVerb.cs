namespace Republic.Web.Cli.Remote.Verbs;

/// <summary><c>republic list</c>: the personal models.</summary>
internal static class ListVerb
{
    public static async Task<int> RunAsync(RemoteCall call, CancellationToken ct)
    {
        var all = await call.Models.ListAsync(ct);
        return await call.DoneAsync(
            call.Arguments.Json ? RemoteJson.Printed(new { personal_models = all, next_cursor = (string?)null })
            : all.Count == 0 ? $"You have no personal models there. {call.Models.Address}/personal-models shows what republic pull can get."
            : ModelTable.Of(all.Select(call.Models.Read))
        );
    }
}
