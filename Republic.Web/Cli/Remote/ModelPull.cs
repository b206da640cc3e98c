namespace Republic.Web.Cli.Remote;

/// <summary><c>republic pull</c>: has the server install a model, and shows the progress until it is ready, paused or failed.</summary>
internal sealed class ModelPull(RemoteModels models, PullDisplay display, TextWriter error, TimeSpan every)
{
    /// <summary>A restarted server resumes its downloads, so the command asks again for about a minute.</summary>
    private const int MostTries = 60;

    public async Task<int> RunAsync(RemoteArguments arguments, CancellationToken ct)
    {
        RemoteModel? model = null;
        try
        {
            model = await BeginAsync(arguments, ct);
            if (arguments.Detach)
            {
                display.Line($"{model.Name}: {model.State}. The server continues; republic show {model.Id} shows the progress.");
                return ExitCode.Done;
            }

            return await FollowAsync(model, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            display.Line(
                model is null
                    ? "Stopped before the server had answered. republic list shows whether the download has begun."
                    : $"Stopped waiting. The server continues with {model.Name}; republic show {model.Id} shows the progress."
            );
            return ExitCode.Stopped;
        }
    }

    /// <summary>Orders the download; an existing model that is paused or has failed is resumed.</summary>
    private async Task<RemoteModel> BeginAsync(RemoteArguments arguments, CancellationToken ct)
    {
        var model = await models.DownloadAsync(arguments.Download, ct);
        var action = model.Status switch
        {
            "paused" => "resume",
            "failed" => "retry",
            _ => null,
        };
        if (action is null)
        {
            return model;
        }

        await models.PostAsync(model.Id!, action, ct);
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
                case "failed" or "paused":
                    display.Clear();
                    await error.WriteLineAsync(WhyNot(now, stage));
                    return ExitCode.NotPossible;
            }

            stage = now.Status is "pending" ? null : now.Status;
            display.Show(now);
            await Task.Delay(every, ct);
        }
    }

    /// <summary>Reads the current status; values that the status does not have, such as the name, are kept from before.</summary>
    private async Task<RemoteModel> NowAsync(RemoteModel before, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var now = await models.StatusAsync(before.Id!, ct);
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
                await Task.Delay(every, ct);
            }
        }
    }

    private string WhyNot(RemoteModel model, string? stage)
    {
        var reason = RemoteText.OneLine(model.Error ?? (model.Verdict is "does_not_fit" or "cannot_tell" ? model.Reason : null));
        var page = $"{models.Address}/personal-models/{model.Id}";
        var (what, then) = model.Status switch
        {
            "paused" => (
                model.Percent is { } percent ? $"is paused at {percent} %" : "is paused",
                $"To resume, repeat the command or open {page}."
            ),
            _ => (stage is null ? "failed" : $"failed while {stage}", $"To try again, repeat the command or open {page}."),
        };
        return $"{model.Name} {what}{(reason.Length > 0 ? $": {reason.TrimEnd('.')}." : ".")} {then}";
    }
}
