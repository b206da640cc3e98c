namespace Republic.Core.Lora.Loop;

/// <summary>How fast a run is, over its last steps: an average whose older parts fade.</summary>
internal sealed class TrainingPace(TimeProvider time)
{
    private const double Fading = 0.9;
    private long started;
    private double seconds;
    private double tokens;
    private double steps;

    public double TokensPerSecond => seconds > 0 ? tokens / seconds : 0;

    public void Start() => started = time.GetTimestamp();

    public void Stop(int readTokens)
    {
        seconds = (seconds * Fading) + time.GetElapsedTime(started).TotalSeconds;
        tokens = (tokens * Fading) + readTokens;
        steps = (steps * Fading) + 1;
    }

    public TimeSpan Of(int moreSteps) => steps > 0 ? TimeSpan.FromSeconds(Math.Round(moreSteps * seconds / steps)) : TimeSpan.Zero;
}
