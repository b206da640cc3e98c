using Republic.Core.PersonalModels.Fitting;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>What the real model host says of the models in its memory.</summary>
public sealed class HostLoadTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    [Fact]
    public async Task A_model_that_has_answered_is_one_that_gives_way()
    {
        await shared.Models.AskAsync(LocalModels.Question("Hello", maxTokens: 1));
        var health = await shared.Models.HealthAsync();
        using var models = new HostModels(shared.Models.Supervisor, IdleThreads.New(), TimeProvider.System);

        var load = await models.LoadAsync(TestContext.Current.CancellationToken);

        Assert.InRange(load.IdleBytes, 1, long.MaxValue);
        Assert.Equal(health.GetProperty("memory").GetProperty("planned_bytes").GetInt64(), load.IdleBytes + load.BusyBytes);
    }
}
