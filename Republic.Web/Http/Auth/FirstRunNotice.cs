using System.Data.Common;
using Republic.Core.Accounts;

namespace Republic.Web.Http.Auth;

/// <summary>Says at start where the first account is made, and the token that it asks for.</summary>
internal sealed partial class FirstRunNotice(FirstRun firstRun, IHostEnvironment environment, ILogger<FirstRunNotice> log)
    : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await firstRun.IsNeededAsync(cancellationToken))
            {
                var asks = environment.IsDevelopment() ? "From another machine it asks" : "It asks";
                Tell(log, FirstRunRedirect.SetupPath, asks, firstRun.Token);
            }
        }
        catch (Exception error) when ((error as DbException ?? error.InnerException) is DbException)
        {
            // A notice: a database that is away just now is no reason for the node to end.
            TellUnknown(log, error.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Nobody has an account here yet. Open {Path} to make the first. {Asks} for this token: {Token}"
    )]
    private static partial void Tell(ILogger log, string path, string asks, string token);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database was away at the start, so it is not known whether anybody has an account: {Reason}"
    )]
    private static partial void TellUnknown(ILogger log, string reason);
}
