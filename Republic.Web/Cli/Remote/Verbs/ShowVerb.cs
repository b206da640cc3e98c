namespace Republic.Web.Cli.Remote.Verbs;

/// <summary><c>republic show</c>: everything known about one model.</summary>
internal static class ShowVerb
{
    public static async Task<int> RunAsync(RemoteCall call, CancellationToken ct)
    {
        var (json, model) = await call.Models.FindAsync(call.Arguments.Model, ct);
        if (call.Arguments.Json)
        {
            return await call.DoneAsync(RemoteJson.Printed(json));
        }

        var now = await call.Models.StatusAsync(model.Id!, ct);
        // The verdict and its estimate are in the status alone.
        var known = model with
        {
            Waiting = now.Waiting,
            Verdict = now.Verdict ?? model.Verdict,
            Reason = now.Reason ?? model.Reason,
            Estimate = now.Estimate ?? model.Estimate,
        };
        return await call.DoneAsync(ModelDetails.Of(known, call.Models.Address));
    }
}
