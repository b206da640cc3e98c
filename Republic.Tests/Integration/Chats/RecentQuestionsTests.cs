using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Minions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>A run measures with questions that its own minion answered in chats that may teach, and with nobody else's.</summary>
public sealed class RecentQuestionsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    [Fact]
    public async Task The_newest_answered_questions_come_first_and_long_ones_are_passed_over()
    {
        await using var vendor = new FakeVendor();
        var (minion, other) = (await mira.NewMinionAsync("asked", vendor), await mira.NewMinionAsync("not-asked", vendor));
        var chat = await TeachingAsync(minion.Id);
        foreach (var question in new[] { "First?", "Second?", new string('x', 20), new string('y', 21), "Last?" })
        {
            await chat.AskAsync(question);
        }

        await (await TeachingAsync(other.Id)).AskAsync("Asked of another?");
        await (await Chat.BeginAsync(mira, minion.Id)).AskAsync("Kept to us?");

        Assert.Equal(["Last?", new string('x', 20), "Second?"], await OfAsync(minion.Id, most: 3));
        Assert.Equal(["Asked of another?"], await OfAsync(other.Id, most: 3));
    }

    [Fact]
    public async Task A_question_whose_answer_failed_is_not_among_them()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("failing", vendor);
        var chat = await TeachingAsync(minion.Id);
        vendor.Refuses(System.Net.HttpStatusCode.BadRequest, "no");
        await chat.AskAsync("Refused?");

        Assert.Empty(await OfAsync(minion.Id, most: 3));
    }

    [Fact]
    public async Task Once_a_chat_is_taken_back_its_questions_are_not_read()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("discreet", vendor);
        var chat = await TeachingAsync(minion.Id);
        await chat.AskAsync("Mine?");
        Assert.Equal(["Mine?"], await OfAsync(minion.Id, most: 3));

        await mira.Api.PutAsync($"/api/conversations/{chat.Id}", new { training = "off" });

        Assert.Empty(await OfAsync(minion.Id, most: 3));
    }

    [Fact]
    public async Task Questions_of_a_chat_that_is_deleted_are_not_read()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("forgetful", vendor);
        var chat = await TeachingAsync(minion.Id);
        await chat.AskAsync("Mine?");

        await mira.Api.DeleteAsync($"/api/conversations/{chat.Id}");
        Assert.Empty(await OfAsync(minion.Id, most: 3));

        await mira.Api.PostAsync($"/api/conversations/{chat.Id}/restore");
        Assert.Equal(["Mine?"], await OfAsync(minion.Id, most: 3));
    }

    private async Task<Chat> TeachingAsync(Guid minion)
    {
        var chat = await Chat.BeginAsync(mira, minion);
        await mira.Api.PutAsync($"/api/conversations/{chat.Id}", new { training = "on" });
        return chat;
    }

    private Task<IReadOnlyList<string>> OfAsync(Guid minion, int most) =>
        republic.Services.GetRequiredService<IRecentQuestions>().OfAsync(minion, most, longest: 20, TestContext.Current.CancellationToken);
}
