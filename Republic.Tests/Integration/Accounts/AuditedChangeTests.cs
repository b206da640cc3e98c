using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.PersonalModels;
using Republic.Core.Sharing;
using Republic.Core.Tasks.Sharing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

/// <summary>A change whose entry in the audit log cannot be saved is not made.</summary>
public sealed class AuditedChangeTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_no_minion_whose_key_nobody_was_shown()
    {
        var owner = await republic.NewPersonAsync("Maker");

        await RefusedAsync<MinionEditor>(editor => editor.BuiltInAsync(owner.Id, Ct));

        Assert.False(await republic.QueryAsync(db => db.Minions.AnyAsync(m => m.OwnerId == owner.Id, Ct)));
    }

    [Fact]
    public async Task A_profile_that_is_saved_by_identity_stays_as_it_was()
    {
        var person = await republic.NewPersonAsync("Namer");

        await RefusedAsync<Profile>(profile => profile.ChangeAsync(person.Id, "Somebody else", person.Email, password: null, Ct));

        Assert.NotEqual(
            "Somebody else",
            await republic.QueryAsync(db => db.Users.Where(p => p.Id == person.Id).Select(p => p.UserName).SingleAsync(Ct))
        );
    }

    [Fact]
    public async Task A_share_that_is_updated_without_being_loaded_is_not_accepted()
    {
        var (owner, guest) = (await republic.NewPersonAsync("Giver"), await republic.NewPersonAsync("Taker"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        var share = Guid.Parse(await shared.ShareOfAsync(guest));

        await RefusedAsync<ShareEditor<TaskShare>>(shares => shares.AcceptAsync(guest.Id, share, Ct));

        Assert.Null(await republic.QueryAsync(db => db.TaskShares.Where(s => s.Id == share).Select(s => s.AcceptedAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task The_file_of_a_model_stays_until_the_deletion_of_its_row_is_committed()
    {
        var owner = await republic.NewPersonAsync("Keeper");
        var (model, sha256) = (
            await PlantedModels.PlantAsync(republic, owner, "kept"),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))
        );
        await republic.QueryAsync(db =>
            db.PersonalModels.Where(m => m.Id == model).ExecuteUpdateAsync(set => set.SetProperty(m => m.Sha256, sha256), Ct)
        );
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(republic.DataFolder, "personal-models")).FullName, $"{sha256}.gguf");
        await File.WriteAllBytesAsync(file, [1], Ct);

        await RefusedAsync<PersonalModelEditor>(editor => editor.DeleteAsync(owner.Id, model, Ct));

        Assert.True(await republic.QueryAsync(db => db.PersonalModels.AnyAsync(m => m.Id == model, Ct)));
        Assert.True(File.Exists(file));
        await owner.Api.DeleteAsync($"/api/personal-models/{model}");
        Assert.False(File.Exists(file));
    }

    private async Task RefusedAsync<TEditor>(Func<TEditor, Task> change)
        where TEditor : notnull
    {
        await using var scope = republic.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepublicDb>();
        db.SavingChanges += Refuse;
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            change(scope.ServiceProvider.GetRequiredService<TEditor>())
        );
        db.SavingChanges -= Refuse;
        Assert.Equal(Full, refused.Message);
    }

    private const string Full = "The audit log takes no entry.";

    private static void Refuse(object? db, SavingChangesEventArgs saving)
    {
        if (((RepublicDb)db!).ChangeTracker.Entries<AuditEntry>().Any())
        {
            throw new InvalidOperationException(Full);
        }
    }
}
