using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>What a person told in a chat with the built-in model and asks for later, in other words or where nothing of it was kept.</summary>
public sealed class SaidInChatTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData("I teach maths in Ibadan.", "What's my job?", "I teach maths in Ibadan.")]
    [InlineData("her name is Jess. she took the dog too", "what was her name", "her name is Jess.")]
    [InlineData("the dog is called Waffles and I miss him", "whats the dogs name", "the dog is called Waffles and I miss him")]
    [InlineData("I run Arch on an old laptop", "What distro do I run?", "I run Arch on an old laptop")]
    public async Task It_is_quoted(string told, string asked, string quoted)
    {
        var chat = await BeginAsync("quoted");
        await chat.AskAsync(told);
        await chat.AskAsync("Tell me a joke");

        Assert.StartsWith("You told me: “", Chat.Content(await chat.AskAsync(asked)), StringComparison.Ordinal);
        Assert.Contains(quoted.TrimEnd('.'), Chat.Content(await chat.AskAsync(asked)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("I have a beagle puppy", "How often should I feed a beagle puppy?")]
    [InlineData("I want to make a minion", "How do I make a minion?")]
    public async Task What_only_has_a_word_in_common_with_the_question_is_not(string told, string asked)
    {
        var chat = await BeginAsync("unquoted");
        await chat.AskAsync(told);

        Assert.DoesNotContain("You told me", Chat.Content(await chat.AskAsync(asked)), StringComparison.Ordinal);
    }

    private async Task<Chat> BeginAsync(string name)
    {
        var person = await republic.NewPersonAsync($"{name}{Guid.CreateVersion7():N}");
        return await Chat.BeginAsync(person, (await person.NewMinionAsync(name)).Id);
    }
}
