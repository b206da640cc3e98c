namespace Republic.Web.Cli.Remote.Verbs;

/// <summary><c>republic rm</c>: deletes a model, after saying what depends on it and asking.</summary>
internal static class RemoveVerb
{
    public static async Task<int> RunAsync(RemoteCall call, CancellationToken ct)
    {
        var model = await call.FindAsync(ct);
        if (!call.Arguments.Yes)
        {
            await ExplainAsync(call, model, ct);
            if (call.Terminal.Input is not { } input)
            {
                return await call.NotDoneAsync(
                    $"Nothing was deleted, because there is no terminal to ask in. To delete {model.Name}, add --yes.",
                    ExitCode.WrongUse
                );
            }

            await call.Terminal.Error.WriteAsync($"Delete {model.Name}{(model.Size.Length > 0 ? $" ({model.Size})" : "")}? [y/N] ");
            await call.Terminal.Error.FlushAsync(ct);
            var answer = await Task.Run(input.ReadLine, ct).WaitAsync(ct);
            if (answer?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            {
                return await call.NotDoneAsync("Nothing was deleted.", ExitCode.NotPossible);
            }
        }

        await call.Models.DeleteAsync(model.Id!, ct);
        return await call.DoneAsync($"{model.Name} is deleted.");
    }

    private static async Task ExplainAsync(RemoteCall call, RemoteModel model, CancellationToken ct)
    {
        var lines = DependentList.Of(await call.Models.GetAsync(model.Id!, "dependents", ct));
        await call.Terminal.Error.WriteLineAsync(
            lines.Count == 0
                ? $"Nothing depends on {model.Name}."
                : $"This depends on {model.Name}:\n{string.Join('\n', lines.Select(line => $"  {line}"))}"
        );
    }
}
