namespace Republic.Web.Cli.Remote;

/// <summary><c>republic pull</c>: has the server get a model, and tells how far it is until it is ready or cannot go on.</summary>
internal sealed class ModelPull(RemoteRepublic republic, PullDisplay display, TextWriter error, TimeSpan every)
{
    /// <summary>A server that is started anew goes on with its downloads: that is worth waiting for.</summary>
    private const int MostTries = 60;

    public async Task<int> RunAsync(RemoteArguments arguments, CancellationToken ct)
    {
        RemoteModel? model = null;
        try
        {
            model = await BeginAsync(arguments, ct);
            if (arguments.Detach)
            {
                display.Line($"{model.Name}: {model.State}. It goes on at the server; republic show {model.Id} tells how far it is.");
                return ExitCode.Done;
            }

            return await FollowAsync(model, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            display.Line(
                model is null
                    ? "Stopped before the server had answered. republic list shows whether the download has begun."
                    : $"Stopped waiting. The download of {model.Name} goes on at the server; republic show {model.Id} tells how far it is."
            );
            return ExitCode.Stopped;
        }
    }

    /// <summary>One that was begun before, and stands still, goes on.</summary>
    private async Task<RemoteModel> BeginAsync(RemoteArguments arguments, CancellationToken ct)
    {
        var model = await republic.DownloadAsync(arguments.Download, ct);
        var still = model.Status switch
        {
            "paused" => "resume",
            "failed" => "retry",
            _ => null,
        };
        if (still is null)
        {
            return model;
        }

        await republic.TellAsync(model.Id!, still, ct);
        return await NowAsync(model, ct);
    }

    private async Task<int> FollowAsync(RemoteModel model, CancellationToken ct)
    {
        string? stage = null;
        for (var now = model; ; now = await NowAsync(now, ct))
        {
            switch (now.Status)
            {
                case "ready":
                    display.Line(
                        $"{now.Name} is ready{(now.Speed is { } speed ? $", {speed} here" : "")}. A minion with the provider local and the model {now.Name} answers with it."
                    );
                    return ExitCode.Done;
                case "failed" or "paused" or "removing":
                    display.Clear();
                    await error.WriteLineAsync(WhyNot(now, stage));
                    return ExitCode.NotPossible;
            }

            stage = now.Status is "pending" ? null : now.Status;
            display.Show(now);
            await Task.Delay(every, ct);
        }
    }

    /// <summary>As it stands now. What its status does not tell, such as its name, stays.</summary>
    private async Task<RemoteModel> NowAsync(RemoteModel before, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var now = await republic.StatusAsync(before.Id!, ct);
                return now with
                {
                    CustomName = now.CustomName ?? before.CustomName,
                    ModelId = now.ModelId ?? before.ModelId,
                    Variant = now.Variant ?? before.Variant,
                    Reason = now.Reason ?? before.Reason,
                };
            }
            catch (RemoteException e) when (e.Passes && tries < MostTries)
            {
                await Task.Delay(every, ct);
            }
        }
    }

    private string WhyNot(RemoteModel model, string? stage)
    {
        var reason = RemoteModel.OneLine(model.Error ?? (model.Verdict is "does_not_fit" or "cannot_tell" ? model.Reason : null));
        var page = $"{republic.Address}/personal-models/{model.Id}";
        var (what, then) = model.Status switch
        {
            "paused" => (
                model.Percent is { } percent ? $"is paused at {percent} %" : "is paused",
                $"The same command goes on with it, as does {page}."
            ),
            "removing" => ("is being removed", $"{page} has what is left to see."),
            _ => (stage is null ? "failed" : $"failed while {stage}", $"The same command tries again at that stage, as does {page}."),
        };
        return $"{model.Name} {what}{(reason.Length > 0 ? $": {reason.TrimEnd('.')}." : ".")} {then}";
    }
}
