using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Audit;
using Republic.Core.Chats.Conversations;
using Republic.Core.Interactions.Deleting;
using Republic.Core.Memories;
using Republic.Core.Memories.Learning;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>The page of deleted chats, and what is deleted for good: by its person, or as its thirty days are over.</summary>
public sealed class ErasedChatTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_thirty_days_it_cannot_be_restored_and_is_deleted_for_good()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Patient");
        var kept = await Chat.BeginAsync(canary.Person, canary.Minion);
        foreach (var (id, days) in new[] { (canary.Id, 30.01), (kept.Id, 29.9) })
        {
            await canary.Person.Api.DeleteAsync($"/api/conversations/{id}");
            var at = TimeProvider.System.GetUtcNow().AddDays(-days);
            await republic.QueryAsync(db =>
                db.Conversations.Deleted().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, at), Ct)
            );
        }

        await canary.Person.Api.ProblemAsync(404, HttpMethod.Post, $"{canary.Address}/restore");
        Assert.Equal(kept.Id, Assert.Single(await canary.DeletedAsync())!["id"]!.GetValue<Guid>());
        Assert.True(await HasMessagesAsync(canary.Id));

        // Nobody else has deleted a chat so long ago.
        await republic.Services.GetRequiredService<DeletedChatSweep>().SweepAsync(Ct);

        Assert.False(await HasMessagesAsync(canary.Id));
        Assert.Equal([AuditActions.ChatDeleted, AuditActions.ChatDeleted, AuditActions.ChatErased], await canary.ActionsAsync());
        await canary.Person.Api.PostAsync($"/api/conversations/{kept.Id}/restore");
    }

    [Fact]
    public async Task It_can_be_deleted_for_good_at_once_or_from_the_page()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Final");
        var other = await Chat.BeginAsync(canary.Person, canary.Minion);
        await canary.Person.Api.DeleteAsync($"/api/conversations/{other.Id}");

        await canary.Person.Api.DeleteAsync($"{canary.Address}?forever=true");
        var browser = await canary.Person.BrowserAsync();
        using var erased = await browser.SubmitAsync("/chats/deleted", new Dictionary<string, string>(), "handler=Delete");

        Assert.Equal((302, "/chats/deleted"), ((int)erased.StatusCode, erased.Headers.Location!.ToString()));
        Assert.Contains("No deleted chats", await browser.ReadAsync("/chats/deleted"), StringComparison.Ordinal);
        Assert.False(
            await republic.QueryAsync(db => db.Conversations.IgnoreQueryFilters().AnyAsync(c => c.Id == canary.Id || c.Id == other.Id, Ct))
        );
        await canary.Person.Api.ProblemAsync(404, HttpMethod.Post, $"{canary.Address}/restore");
        await canary.Person.Api.ProblemAsync(404, HttpMethod.Delete, $"{canary.Address}?forever=true");
    }

    [Fact]
    public async Task The_menu_deletes_it_and_the_toast_takes_that_back()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Clicker");
        var browser = await canary.Person.BrowserAsync();

        using var deleted = await browser.SubmitAsync($"/chats/{canary.Id}/manage", new Dictionary<string, string>(), "handler=Delete");
        Assert.Equal("/chats", deleted.Headers.Location!.ToString());
        using var restored = await browser.SubmitAsync("/chats", new Dictionary<string, string>(), "handler=Restore");

        Assert.Equal($"/chats/{canary.Id}", restored.Headers.Location!.ToString());
        Assert.Contains(CanaryChat.Word, await browser.ReadAsync($"/chats/{canary.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_chats_come_in_pages_the_last_deleted_first()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Tidier");
        var (api, deleted) = (canary.Person.Api, new List<Guid>());
        for (var i = 0; i < 3; i++)
        {
            var chat = await Chat.BeginAsync(canary.Person, canary.Minion);
            await api.DeleteAsync($"/api/conversations/{chat.Id}");
            deleted.Insert(0, chat.Id);
        }

        List<Guid> seen = [];
        string? cursor = null;
        do
        {
            var page = await api.GetAsync($"/api/conversations?deleted=true&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page["conversations"]!.AsArray().Select(c => c!["id"]!.GetValue<Guid>()));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);

        Assert.Equal(deleted, seen);
        Assert.Equal(
            canary.Id,
            Assert.Single((await api.GetAsync("/api/conversations"))["conversations"]!.AsArray())!["id"]!.GetValue<Guid>()
        );
    }

    [Fact]
    public async Task Nothing_is_remembered_of_a_chat_that_is_deleted()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Shy");
        var said = new Learned("I like boats.", IsAsked: true, Importance: null) { Conversation = canary.Id, Message = canary.Answer };
        await canary.DeleteAsync();
        Assert.Null(await LearnAsync());

        await canary.RestoreAsync();
        Assert.NotNull(await LearnAsync());
        Assert.Equal(canary.Id, (await MemoryAsync())["conversation_id"]!.GetValue<Guid>());

        await canary.DeleteAsync();
        Assert.Null((await MemoryAsync())["conversation_id"]);

        async Task<Guid?> LearnAsync()
        {
            await using var scope = republic.Services.CreateAsyncScope();
            var editor = scope.ServiceProvider.GetRequiredService<MemoryEditor>();
            return await editor.LearnAsync(canary.Person.Id, canary.Minion, said, Ct);
        }

        async Task<JsonNode> MemoryAsync() => (await canary.Person.Api.GetAsync("/api/memories"))["memories"]![0]!;
    }

    private Task<bool> HasMessagesAsync(Guid chat) => republic.QueryAsync(db => db.Messages.AnyAsync(m => m.ConversationId == chat, Ct));
}
