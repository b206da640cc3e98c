namespace Republic.Web.Cli.Remote;

/// <summary>One run of a verb: its server, its command line and its terminal.</summary>
internal sealed record RemoteCall(RemoteModels Models, RemoteArguments Arguments, RemoteTerminal Terminal)
{
    /// <summary>The model that the command line names.</summary>
    /// <exception cref="RemoteException">There is none of this name, or there are several.</exception>
    public async Task<RemoteModel> FindAsync(CancellationToken ct) => (await Models.FindAsync(Arguments.Model, ct)).Model;

    /// <summary>Prints the result, which ends the verb.</summary>
    public async Task<int> DoneAsync(string text)
    {
        await Terminal.Output.WriteLineAsync(text);
        return ExitCode.Done;
    }

    /// <summary>Prints why nothing was done, which ends the verb.</summary>
    public async Task<int> NotDoneAsync(string text, int exitCode)
    {
        await Terminal.Error.WriteLineAsync(text);
        return exitCode;
    }
}
