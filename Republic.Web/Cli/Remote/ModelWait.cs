namespace Republic.Web.Cli.Remote;

/// <summary>Has the server work on a model, and shows the progress until the model is ready, paused or failed.</summary>
internal sealed class ModelWait(RemoteCall call)
{
    /// <summary>A restarted server resumes its work, so the command asks again for about a minute.</summary>
    private const int MostTries = 60;

    private readonly PullDisplay display = new(call.Terminal.Output, call.Terminal.Width);

    /// <summary>The line about a model that is ready.</summary>
    public Func<RemoteModel, string> Ready { get; init; } =
        model =>
            $"{model.Name} is ready{(model.Speed is { } speed ? $", {speed} here" : "")}. A minion with the provider local and the model {model.Name} answers with it.";

    /// <summary>What continues with a model that is paused or has failed.</summary>
    public Func<RemoteModel, string> Again { get; init; } = model => $"use republic resume {model.Id}";

    /// <summary>The line about a model that the server goes on working on, while the command ends.</summary>
    public static string Continues(RemoteModel model) =>
        $"{model.Name}: {model.State}. The server continues; republic show {model.Id} shows the progress.";

    /// <param name="begin">Has the server begin; the model that it works on.</param>
    public async Task<int> RunAsync(Func<CancellationToken, Task<RemoteModel>> begin, CancellationToken ct)
    {
        RemoteModel? model = null;
        try
        {
            model = await begin(ct);
            return call.Arguments.Detach ? await call.DoneAsync(Continues(model)) : await FollowAsync(model, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            display.Line(
                model is null
                    ? "Stopped before the server had answered. republic list shows whether it has begun."
                    : $"Stopped waiting. The server continues with {model.Name}; republic show {model.Id} shows the progress."
            );
            return ExitCode.Stopped;
        }
    }

    /// <summary>Reads the current status; values that the status does not have, such as the name, are kept from before.</summary>
    public async Task<RemoteModel> NowAsync(RemoteModel before, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var now = await call.Models.StatusAsync(before.Id!, ct);
                return now with
                {
                    CustomName = now.CustomName ?? before.CustomName,
                    ModelId = now.ModelId ?? before.ModelId,
                    Variant = now.Variant ?? before.Variant,
                    Reason = now.Reason ?? before.Reason,
                };
            }
            catch (RemoteException e) when (e.IsTransient && tries < MostTries)
            {
                await Task.Delay(call.Terminal.Every, ct);
            }
        }
    }

    private async Task<int> FollowAsync(RemoteModel model, CancellationToken ct)
    {
        string? stage = null;
        for (var now = model; ; now = await NowAsync(now, ct))
        {
            switch (now.Status)
            {
                case "ready":
                    display.Line(Ready(now));
                    return ExitCode.Done;
                case "failed" or "paused":
                    display.Clear();
                    return await call.NotDoneAsync(WhyNot(now, stage), ExitCode.NotPossible);
            }

            stage = now.Status is "pending" ? null : now.Status;
            display.Show(now);
            await Task.Delay(call.Terminal.Every, ct);
        }
    }

    private string WhyNot(RemoteModel model, string? stage)
    {
        var reason = RemoteText.OneLine(model.Error ?? (model.Verdict is "does_not_fit" or "cannot_tell" ? model.Reason : null));
        var go = $"{Again(model)} or open {call.Models.Address}/personal-models/{model.Id}";
        var (what, then) = model.Status switch
        {
            "paused" => (model.Percent is { } percent ? $"is paused at {percent} %" : "is paused", $"To resume, {go}."),
            _ => (stage is null ? "failed" : $"failed while {stage}", $"To try again, {go}."),
        };
        return $"{model.Name} {what}{(reason.Length > 0 ? $": {reason.TrimEnd('.')}." : ".")} {then}";
    }
}
