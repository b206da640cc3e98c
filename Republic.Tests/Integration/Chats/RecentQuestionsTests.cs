using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Minions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>A run measures with questions that its own minion answered, and with nobody else's.</summary>
public sealed class RecentQuestionsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    [Fact]
    public async Task The_newest_answered_questions_come_first_and_long_ones_are_passed_over()
    {
        await using var vendor = new FakeVendor();
        var (minion, other) = (await mira.NewMinionAsync("asked", vendor), await mira.NewMinionAsync("not-asked", vendor));
        var chat = await Chat.BeginAsync(mira, minion.Id);
        foreach (var question in new[] { "First?", "Second?", new string('x', 20), new string('y', 21), "Last?" })
        {
            await chat.AskAsync(question);
        }

        await (await Chat.BeginAsync(mira, other.Id)).AskAsync("Asked of another?");

        Assert.Equal(["Last?", new string('x', 20), "Second?"], await OfAsync(minion.Id, most: 3));
        Assert.Equal(["Asked of another?"], await OfAsync(other.Id, most: 3));
    }

    [Fact]
    public async Task A_question_whose_answer_failed_is_not_among_them()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("failing", vendor);
        var chat = await Chat.BeginAsync(mira, minion.Id);
        vendor.Refuses(System.Net.HttpStatusCode.BadRequest, "no");
        await chat.AskAsync("Refused?");

        Assert.Empty(await OfAsync(minion.Id, most: 3));
    }

    private Task<IReadOnlyList<string>> OfAsync(Guid minion, int most) =>
        republic.Services.GetRequiredService<IRecentQuestions>().OfAsync(minion, most, longest: 20, TestContext.Current.CancellationToken);
}
