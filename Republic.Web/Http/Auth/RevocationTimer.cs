namespace Republic.Web.Http.Auth;

/// <summary>A timer that ends the streams or requests of this node whose session, token or key has been revoked.</summary>
internal abstract partial class RevocationTimer(TimeSpan interval, TimeProvider time, ILogger log) : BackgroundService
{
    protected TimeProvider Time => time;

    protected abstract Task EndRevokedAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EndRevokedAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogUnchecked(log, error.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sessions, tokens and keys in use could not be checked: {Reason}")]
    private static partial void LogUnchecked(ILogger log, string reason);
}
