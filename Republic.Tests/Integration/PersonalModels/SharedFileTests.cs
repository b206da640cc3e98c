using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.PersonalModels;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>A file that two people install at the same moment, from the download to the last of them who has it.</summary>
public sealed class SharedFileTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    // Nobody else in this app has this file.
    private static readonly byte[] Bytes = OwnModels.SproutOf(GgufMutations.Sprout.Length + 640);
    private static readonly string Digest = OwnModels.Digest(Bytes);

    private string Installed => Path.Combine(republic.DataFolder, "personal-models", $"{Digest}.gguf");

    [Fact]
    public async Task It_is_on_the_disk_once_and_goes_with_the_last_who_has_it()
    {
        var (come, go) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var source = new FileSource(Bytes);
        source.Usual = call =>
        {
            if (call.IsLook)
            {
                return call.GiveAsync();
            }

            Interlocked.Increment(ref come);
            return call.HoldAsync(1_000_000, go.Task);
        };
        Inhabitant[] people = [await republic.NewPersonAsync("One-of-two"), await republic.NewPersonAsync("Other-of-two")];
        var ids = await Task.WhenAll(people.Select(person => OwnModels.DownloadAsync(person, new { url = source.Url })));
        await Until.TrueAsync(() => Volatile.Read(ref come) == 2);

        await using (var turn = await HeldTurn.TakeAsync(republic, db => PersonalModelStore.LockAsync(db, Digest, CancellationToken.None)))
        {
            go.SetResult();
            // Each has its own whole file, and wants it to be the one that is kept.
            await turn.WaitedForAsync(2);
            Assert.False(File.Exists(Installed));
        }

        foreach (var (person, id) in people.Zip(ids))
        {
            var ready = await OwnModels.UntilAsync(person, id, "ready");
            Assert.Equal($"{Digest}.gguf", ready["local_path"]!.GetValue<string>());
            Assert.Empty(OwnModels.Incoming(republic.DataFolder, id));
        }

        Assert.Equal(Bytes.Length, new FileInfo(Installed).Length);
        await OneAfterTheOtherDeletesAsync(people, ids);
    }

    [Fact]
    public async Task A_row_that_is_deleted_goes_before_its_file_which_stays_for_the_other()
    {
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 641);
        var digest = OwnModels.Digest(file);
        var path = Path.Combine(republic.DataFolder, "personal-models", $"{digest}.gguf");
        Inhabitant[] people = [await republic.NewPersonAsync("Leaves"), await republic.NewPersonAsync("Comes")];
        var ids = new Guid[2];
        for (var i = 0; i < people.Length; i++)
        {
            ids[i] = (await OwnModels.InstallAsync(people[i], "brief", file))["id"]!.GetValue<Guid>();
        }

        Task deleted;
        await using (var turn = await HeldTurn.TakeAsync(republic, db => PersonalModelStore.LockAsync(db, digest, CancellationToken.None)))
        {
            deleted = people[0].Api.DeleteAsync(OwnModels.PathOf(ids[0]));
            await turn.WaitedForAsync(1);
            // The row is gone for good before its file is looked at.
            Assert.False(await HasRowAsync(ids[0]));
            Assert.True(File.Exists(path));
        }

        await deleted;
        Assert.True(File.Exists(path));
        await people[1].Api.DeleteAsync(OwnModels.PathOf(ids[1]));
        Assert.False(File.Exists(path));
    }

    private Task<bool> HasRowAsync(Guid id) =>
        republic.QueryAsync(db => db.PersonalModels.AnyAsync(m => m.Id == id, TestContext.Current.CancellationToken));

    private async Task OneAfterTheOtherDeletesAsync(Inhabitant[] people, Guid[] ids)
    {
        var minion = await people[1].NewMinionAsync(more: new JsonObject { ["model_id"] = "model" });
        await people[0].Api.DeleteAsync(OwnModels.PathOf(ids[0]));
        Assert.True(File.Exists(Installed));
        Assert.True((await people[1].Api.PostAsync($"/api/minions/{minion.Id}/test"))["ok"]!.GetValue<bool>());
        await people[1].Api.PostAsync(OwnModels.PathOf(ids[1], "test"));
        await OwnModels.UntilAsync(people[1], ids[1], "ready");

        await people[1].Api.DeleteAsync(OwnModels.PathOf(ids[1]));
        Assert.False(File.Exists(Installed));
        Assert.False((await people[1].Api.PostAsync($"/api/minions/{minion.Id}/test"))["ok"]!.GetValue<bool>());
    }
}
