namespace Republic.Core.Data;

/// <summary>The system's clock to the microsecond, as PostgreSQL keeps it: a moment reads back as it was written.</summary>
public sealed class DatabaseClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
