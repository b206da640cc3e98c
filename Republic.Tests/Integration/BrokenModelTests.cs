using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Inference.Supervision;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>One person's model file crashes the process that all local models share.</summary>
public sealed class BrokenModelTests(ModelRepublic republic) : IClassFixture<ModelRepublic>
{
    [Fact]
    public async Task Another_persons_local_model_goes_on_answering()
    {
        await File.WriteAllBytesAsync(
            Path.Combine(Directory.CreateDirectory(Path.Combine(republic.DataFolder, "models")).FullName, "deadly.gguf"),
            GgufMutations.DeadlyTokens(),
            TestContext.Current.CancellationToken
        );
        var broken = await republic.Jonas.NewMinionAsync("broken", vendor: null, Local("deadly"));
        var sound = await republic.Ada.NewMinionAsync("sound", vendor: null, Local("sprout"));
        using var attacker = new OutsideClient(republic.Address, broken.Key);
        using var client = new OutsideClient(republic.Address, sound.Key);
        await client.AnswerAsync(OutsideClient.Hi);

        var attack = Task.WhenAll(Enumerable.Range(0, 12).Select(_ => attacker.ChatAsync(OutsideClient.Hi)));
        for (var call = 0; call < 12; call++)
        {
            await client.AnswerAsync(OutsideClient.Hi);
        }

        foreach (var answer in await attack)
        {
            Assert.False(answer.IsSuccessStatusCode);
            answer.Dispose();
        }

        Assert.Equal(1, republic.Services.GetRequiredService<ModelHostSupervisor>().Status.Crashes);
    }

    private static JsonObject Local(string model) => new() { ["provider"] = "local", ["model_id"] = model };
}
