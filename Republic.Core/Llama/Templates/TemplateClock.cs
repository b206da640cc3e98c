using Jint.Runtime;

namespace Republic.Core.Llama.Templates;

/// <summary>The time that a template writes by <c>strftime_now</c>.</summary>
internal sealed class TemplateClock(TimeProvider time) : ITimeSystem
{
    public TimeZoneInfo DefaultTimeZone => time.LocalTimeZone;

    public DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public TimeSpan GetUtcOffset(long epochMilliseconds) =>
        DefaultTimeZone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds));

    /// <summary>No template reads dates.</summary>
    public bool TryParse(string date, out long epochMilliseconds)
    {
        epochMilliseconds = 0;
        return false;
    }
}
