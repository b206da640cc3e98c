using Republic.Core.Memories.Learning;

namespace Republic.Tests.Unit.Memories;

public sealed class StatementTests
{
    [Theory]
    [InlineData("I live in Oslo.", "I live in Bergen.")]
    [InlineData("My name is Mira.", "Call me Mimi.")]
    [InlineData("My favourite colour is green.", "My favourite colour is blue!")]
    [InlineData("I like coffee.", "I don't like coffee.")]
    [InlineData("I am allergic to nuts.", "I am not allergic to nuts.")]
    [InlineData("Ich wohne in Köln.", "Ich wohne jetzt in Bonn.")]
    [InlineData("Mein Hund heißt Rex.", "Mein Hund heißt Bello.")]
    public void These_cannot_both_be_true(string one, string other)
    {
        Assert.True(Statement.Of(one).Contradicts(Statement.Of(other)));
        Assert.True(Statement.Of(other).Contradicts(Statement.Of(one)));
    }

    [Theory]
    [InlineData("I live in Oslo.", "i live in oslo")]
    [InlineData("I like coffee.", "I like tea.")]
    [InlineData("My dog is called Rex.", "My cat is called Tom.")]
    [InlineData("I am a nurse.", "I am a mother.")]
    [InlineData("I don't like coffee.", "I don't like tea.")]
    [InlineData("I live in Oslo.", "I work in Bergen.")]
    public void These_can(string one, string other) => Assert.False(Statement.Of(one).Contradicts(Statement.Of(other)));

    [Theory]
    [InlineData("I live in Oslo.", "i live in  oslo!", true)]
    [InlineData("I'm a nurse", "I am a nurse.", true)]
    [InlineData("I like coffee.", "I do not like coffee.", false)]
    public void Saying_it_again_is_known(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Statement.Of(one).Repeats(Statement.Of(other)));
}
