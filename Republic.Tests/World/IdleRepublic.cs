namespace Republic.Tests.World;

/// <summary>A republic that takes no long work: whatever is started stays in the queue for a test to look at. One run of a person at a time.</summary>
public sealed class IdleRepublic(TestDatabases databases) : RunningRepublic(databases)
{
    public const string MasterKey = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

    /// <summary>With this setting a node's clock is never good enough to take a job.</summary>
    public static (string Key, string Value) NoWork { get; } = ("Jobs:ClockTolerance", "-00:00:01");

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [NoWork, ("Training:PerPerson", "1"), ("API_KEY_ENCRYPTION_KEY", MasterKey)];
}
