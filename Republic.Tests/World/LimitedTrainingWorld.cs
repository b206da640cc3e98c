namespace Republic.Tests.World;

/// <summary>A republic in which runs may work for no more than a minute a day, and only some providers' minions be trained.</summary>
public sealed class LimitedTrainingWorld(TestDatabases databases) : RunningRepublic(databases)
{
    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Training:MinutesPerDay", "1"), ("Training:DiskBytesPerPerson", "100000"), ("DEFAULT_PROVIDERS", "custom")];
}
