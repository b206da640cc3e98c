using Republic.Core.Memories.Learning;

namespace Republic.Tests.Unit.Memories;

public sealed class MemoryCommandsTests
{
    [Theory]
    [InlineData("What do you remember about me?", true)]
    [InlineData("Hi, what do you know about me so far?", true)]
    [InlineData("Tell me everything you know about me.", true)]
    [InlineData("Was weißt du über mich?", true)]
    [InlineData("Was hast du dir gemerkt?", true)]
    [InlineData("What do you know about memory?", false)]
    [InlineData("What do you know about me and my dog?", false)]
    [InlineData("What do you know about me? And what does nginx do?", false)]
    public void Who_asks_for_all_that_is_remembered_is_understood(string message, bool asks) =>
        Assert.Equal(asks, MemoryCommands.AsksForAll(message));

    [Theory]
    [InlineData("Forget everything about me", true)]
    [InlineData("please forget everything.", true)]
    [InlineData("Forget everything you know about me!", true)]
    [InlineData("Can you forget all of it, please?", true)]
    [InlineData("Vergiss alles über mich.", true)]
    [InlineData("Vergiss alles, was du über mich weißt", true)]
    [InlineData("Forget everything about my dog", false)]
    [InlineData("Forget that I live in Oslo.", false)]
    [InlineData("Don't forget me", false)]
    public void To_forget_all_is_told_from_to_forget_one(string message, bool all) => Assert.Equal(all, MemoryCommands.ForgetsAll(message));

    [Theory]
    [InlineData("Remember to call mother tomorrow", true)]
    [InlineData("Don't forget to buy milk.", true)]
    [InlineData("Remember to call Dr. Meier", true)]
    [InlineData("Erinnere mich daran, Milch zu kaufen.", true)]
    [InlineData("Remember that I live in Oslo.", false)]
    [InlineData("Remind me of the price of a lamp", false)]
    [InlineData("Remember to be brief. What does nginx do?", false)]
    public void What_is_to_be_done_is_a_reminder(string message, bool isOne) => Assert.Equal(isOne, MemoryCommands.IsReminder(message));

    [Theory]
    [InlineData("Do not remember that I like jazz.", "I like jazz")]
    [InlineData("Please don’t remember my name", "my name")]
    [InlineData("Never remember this.", "")]
    [InlineData("Do not remember that my boss is Dr. Meier.", "my boss is Dr. Meier")]
    [InlineData("Merk dir nicht, dass ich Jazz mag.", "ich Jazz mag")]
    [InlineData("I don't remember the port of the proxy", null)]
    [InlineData("Don't remember the port of the proxy", null)]
    [InlineData("Do you not remember me?", null)]
    public void What_is_not_to_be_kept_is_named(string message, string? what) => Assert.Equal(what, MemoryCommands.NotToBeKept(message));

    [Fact]
    public void A_thing_said_is_not_kept_where_the_next_sentence_forbids_it() =>
        Assert.True(FactExtractor.IsNotToBeKept("I live in Oslo. Do not remember that."));

    [Fact]
    public void A_long_message_takes_no_time_to_speak_of() =>
        Assert.False(MemoryCommands.IsIn("forget everything " + new string('a', 100_000)));
}
