using Republic.Sprout.Dialogues;

namespace Republic.Tests.Unit.Sprout;

public sealed class GerundTests
{
    [Theory]
    [InlineData("make a minion", "making a minion")]
    [InlineData("set up a minion", "setting up a minion")]
    [InlineData("see my keys", "seeing my keys")]
    [InlineData("begin a chat", "beginning a chat")]
    [InlineData("try another model", "trying another model")]
    [InlineData("buy a key", "buying a key")]
    [InlineData("edit a minion", "editing a minion")]
    [InlineData("fill in the form", "filling in the form")]
    [InlineData("tie it to a model", "tying it to a model")]
    [InlineData("train", "training")]
    public void A_deed_becomes_the_doing_of_it(string deed, string doing) => Assert.Equal(doing, Gerund.Of(deed));
}
