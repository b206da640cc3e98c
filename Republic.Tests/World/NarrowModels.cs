namespace Republic.Tests.World;

/// <summary>A republic with hardly any room for models: two on the disk for each person, and none in memory.</summary>
public sealed class NarrowModels(TestDatabases databases) : RunningRepublic(databases)
{
    protected override bool HasModelHost => true;

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("PersonalModels:QuotaBytes", "13000000"), ("ModelHost:MemoryMegabytes", "80")];
}
