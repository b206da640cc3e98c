using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.Minions;
using Republic.Core.Training;
using Republic.Core.Training.Versions;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Weights belong to one file of one model, and are taken away when nothing needs them.</summary>
public sealed class WeightsTests(TrainingWorld world) : IClassFixture<TrainingWorld>
{
    private static readonly byte[] Weights = "not looked into before the first answer"u8.ToArray();

    private ApiClient Api => world.Jonas.Api;

    [Fact]
    public async Task Weights_leave_with_their_model_and_come_back_with_their_version()
    {
        var (minion, adapter) = await TrainedAsync("sailor");
        Assert.Equal(adapter, await AdapterAsync(minion));
        var page = await (await world.Jonas.BrowserAsync()).ReadAsync($"/models/{minion}");
        Assert.Contains("Weights, 39 bytes", page);

        await Api.PutAsync($"/api/minions/{minion}", new { provider = "openai", model_id = "gpt-4.1" });
        Assert.Null(await AdapterAsync(minion));
        var refused = await Api.ProblemAsync(409, HttpMethod.Post, Path(minion));
        Assert.Contains("sprout", refused["detail"]!.GetValue<string>());
        Assert.Contains("gpt-4.1", refused["detail"]!.GetValue<string>());

        await Api.PutAsync($"/api/minions/{minion}", new { provider = "local", model_id = "sprout" });
        Assert.Null(await AdapterAsync(minion));
        await Api.PostAsync(Path(minion));
        Assert.Equal(adapter, await AdapterAsync(minion));
        await Api.PutAsync($"/api/minions/{minion}", new { temperature = 0.1, provider = "local" });
        Assert.Equal(adapter, await AdapterAsync(minion));
    }

    [Fact]
    public async Task Weights_that_are_gone_changed_or_of_another_base_are_refused_with_the_way_on()
    {
        var (minion, adapter) = await TrainedAsync("diver");
        await Api.PutAsync($"/api/minions/{minion}", new { model_id = "other" });
        await Api.PutAsync($"/api/minions/{minion}", new { model_id = "sprout" });
        await File.WriteAllTextAsync(FileOf(adapter), "tampered", TestContext.Current.CancellationToken);
        Assert.Contains("were changed", await RefusalAsync(minion));
        File.Delete(FileOf(adapter));
        Assert.Contains("are gone", await RefusalAsync(minion));

        var (other, _) = await TrainedAsync("climber", new string('0', 64), "twin");
        await File.WriteAllTextAsync(
            System.IO.Path.Combine(world.DataFolder, "models", "twin.gguf"),
            "changed",
            TestContext.Current.CancellationToken
        );
        await Api.PutAsync($"/api/minions/{other}", new { model_id = "other" });
        await Api.PutAsync($"/api/minions/{other}", new { model_id = "twin" });
        Assert.Contains("another file of twin", await RefusalAsync(other));
        Assert.Null(await AdapterAsync(other));
    }

    [Fact]
    public async Task Weights_of_an_earlier_built_in_model_are_put_out_of_use_and_page_chat_and_api_say_so()
    {
        var (former, _) = await TrainedAsync("veteran", new string('0', 64));
        var (present, kept) = await TrainedAsync("recruit");
        var chat = await Chat.BeginAsync(world.Jonas, former);

        await world.Services.GetRequiredService<FormerWeights>().SweepAsync(TestContext.Current.CancellationToken);

        Assert.Null(await AdapterAsync(former));
        Assert.Equal(kept, await AdapterAsync(present));
        var version = (await Api.GetAsync($"/api/minions/{former}/versions"))["versions"]![0]!;
        Assert.False(version["is_live"]!.GetValue<bool>());
        const string said = "were trained on the built-in model of an earlier Republic (SHA-256 000000000000…)";
        Assert.Contains(said, version["problem"]!.GetValue<string>());
        Assert.Contains("Train again, with the same datasets", await RefusalAsync(former));
        var browser = await world.Jonas.BrowserAsync();
        foreach (var page in new[] { $"/models/{former}", $"/models/{former}/versions/1", $"/chats/{chat.Id}" })
        {
            var shown = WebUtility.HtmlDecode(await browser.ReadAsync(page));
            Assert.Contains(said, shown);
            Assert.DoesNotContain("Use this version", shown);
        }

        Assert.DoesNotContain("earlier Republic", await browser.ReadAsync($"/models/{present}"));
        var answer = await chat.AskAsync("What is LoRA?");
        Assert.Contains("adapter", answer["content"]!.GetValue<string>());
        Assert.Equal(0, await world.Services.GetRequiredService<FormerWeights>().SweepAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_style_of_an_earlier_built_in_model_is_put_out_of_use_too()
    {
        var minion = (await world.Jonas.NewMinionAsync("herald")).Id;
        await StyledAsync(minion);
        await world.QueryAsync(async db =>
        {
            var row = await db.Minions.SingleAsync(m => m.Id == minion);
            (await db.MinionVersions.SingleAsync(v => v.MinionId == minion && v.Number == 2)).PutInto(row, row.CreatedAt);
            return await db.SaveChangesAsync();
        });

        Assert.Equal(0, await world.Services.GetRequiredService<FormerWeights>().SweepAsync(TestContext.Current.CancellationToken));
        await world.QueryAsync(db =>
            db.Database.ExecuteSqlAsync($"update minion_versions set base_sha256 = {new string('0', 64)} where minion_id = {minion}")
        );
        Assert.Equal(1, await world.Services.GetRequiredService<FormerWeights>().SweepAsync(TestContext.Current.CancellationToken));

        var after = await world.QueryAsync(db => db.Minions.AsNoTracking().SingleAsync(m => m.Id == minion));
        Assert.Equal((null, null), (after.StyleModel, after.StyleAdapter));
    }

    [Fact]
    public async Task A_card_holds_no_weights_and_brings_none()
    {
        var (minion, adapter) = await TrainedAsync("carrier");
        var card = await Api.GetAsync($"/api/minions/{minion}/card");
        Assert.DoesNotContain(adapter, card.ToJsonString());
        card["data"]!["extensions"]!["republic"]!["adapter"] = adapter;
        var copy = (await Api.PostAsync("/api/minions/import", card))["minion"]!;
        Assert.Null(copy["adapter"]);
    }

    [Fact]
    public async Task The_sweep_takes_what_nothing_names_and_nothing_else()
    {
        var (keeper, used) = await TrainedAsync("keeper");
        var style = await StyledAsync(keeper);
        var (orphan, own) = (Guid.CreateVersion7().ToString("N"), "my-own");
        await File.WriteAllBytesAsync(FileOf(orphan), Weights, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(FileOf(own), Weights, TestContext.Current.CancellationToken);
        var minion = await world.Jonas.NewMinionAsync("learner");
        var run = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [await TrainingWorld.NewDatasetAsync(world.Jonas, 6)]);
        await File.WriteAllBytesAsync(FileOf(run.ToString("N")), Weights, TestContext.Current.CancellationToken);
        var checkpoints = Directory.CreateDirectory(System.IO.Path.Combine(world.DataFolder, "training", run.ToString(), "lora-1"));
        var gone = Directory.CreateDirectory(System.IO.Path.Combine(world.DataFolder, "training", Guid.CreateVersion7().ToString()));
        var sweep = world.Services.GetRequiredService<TrainingSweep>();

        // Younger than an hour: their rows may yet be saved.
        await sweep.SweepAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(FileOf(orphan)) && gone.Exists);

        foreach (var name in new[] { used, style, orphan, own, run.ToString("N") })
        {
            File.SetLastWriteTimeUtc(FileOf(name), DateTime.UnixEpoch);
        }

        gone.LastWriteTimeUtc = DateTime.UnixEpoch;
        await sweep.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            (true, false, true, true),
            (File.Exists(FileOf(used)), File.Exists(FileOf(orphan)), File.Exists(FileOf(own)), File.Exists(FileOf(run.ToString("N"))))
        );
        Assert.True(File.Exists(FileOf(style)));
        Assert.False(Directory.Exists(gone.FullName));
        Assert.True(Directory.Exists(checkpoints.FullName));

        await EndedAsync(run, "Failed", days: 29);
        await sweep.SweepAsync(TestContext.Current.CancellationToken);
        Assert.True(Directory.Exists(checkpoints.FullName));
        await EndedAsync(run, "Failed", days: 31);
        await sweep.SweepAsync(TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(checkpoints.FullName));

        checkpoints.Create();
        await EndedAsync(run, "Completed", days: 1);
        await sweep.SweepAsync(TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(checkpoints.FullName));
    }

    /// <summary>A minion on the built-in model whose version 1 has weights, as a run leaves it.</summary>
    private async Task<(Guid Minion, string Adapter)> TrainedAsync(string name, string? baseSha256 = null, string model = "sprout")
    {
        var minion = (await world.Jonas.NewMinionAsync(name)).Id;
        var adapter = Guid.CreateVersion7().ToString("N");
        Directory.CreateDirectory(System.IO.Path.Combine(world.DataFolder, "adapters"));
        await File.WriteAllBytesAsync(FileOf(adapter), Weights);
        await using var sprout = File.OpenRead(ModelLookup.ModelPath("sprout", new DataFolder(world.DataFolder)));
        var hash = baseSha256 ?? Convert.ToHexStringLower(await SHA256.HashDataAsync(sprout));
        await world.QueryAsync(async db =>
        {
            var row = await db.Minions.SingleAsync(m => m.Id == minion);
            var version = new MinionVersion
            {
                MinionId = minion,
                Number = 1,
                Provider = "local",
                ModelId = model,
                LoraEnabled = true,
                Adapter = adapter,
                AdapterSha256 = Convert.ToHexStringLower(SHA256.HashData(Weights)),
                BaseSha256 = hash,
                CreatedAt = row.CreatedAt,
            };
            db.MinionVersions.Add(version);
            version.PutInto(row, row.CreatedAt);
            return await db.SaveChangesAsync();
        });
        return (minion, adapter);
    }

    /// <summary>A draft with weights that draft in the minion's voice.</summary>
    private async Task<string> StyledAsync(Guid minion)
    {
        var style = Guid.CreateVersion7().ToString("N");
        await File.WriteAllBytesAsync(FileOf(style), Weights);
        await world.QueryAsync(db =>
        {
            db.MinionVersions.Add(
                new MinionVersion
                {
                    MinionId = minion,
                    Number = 2,
                    Provider = "custom",
                    ModelId = "vendor-model",
                    StyleAdapter = style,
                    StyleModel = "sprout",
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            return db.SaveChangesAsync();
        });
        return style;
    }

    private Task<int> EndedAsync(Guid run, string status, int days)
    {
        var work = Guid.CreateVersion7();
        return world.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                insert into jobs (id, owner_id, kind, subject, status, epoch, attempts, progress, created_at, finished_at)
                values ({work}, {world.Jonas.Id}, 'training', {run}, {status}, 1, 0, 0, now(), now() - make_interval(days => {days}));
                update training_jobs set work_id = {work} where id = {run};
                """
            )
        );
    }

    private async Task<string> RefusalAsync(Guid minion) =>
        (await Api.ProblemAsync(409, HttpMethod.Post, Path(minion)))["detail"]!.GetValue<string>();

    private async Task<string?> AdapterAsync(Guid minion) =>
        (await Api.GetAsync($"/api/minions/{minion}"))["minion"]!["adapter"]?.GetValue<string>();

    private string FileOf(string adapter) => System.IO.Path.Combine(world.DataFolder, "adapters", adapter + ".gguf");

    private static string Path(Guid minion) => $"/api/minions/{minion}/versions/1/promote";
}
