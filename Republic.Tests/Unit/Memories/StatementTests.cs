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
    [InlineData("My dog is called Bruno.", "The name of my dog is Max.")]
    [InlineData("My dog is called Bruno.", "My dog's name is Max.")]
    [InlineData("My dog’s name is Bruno.", "Max is the name of my dog.")]
    [InlineData("Our dog is named Bruno.", "The name of our dog is Max.")]
    [InlineData("I live in Oslo.", "I have moved to Bergen.")]
    [InlineData("I live in Oslo.", "I moved to New York.")]
    [InlineData("I live in Oslo.", "My home is in Bergen.")]
    [InlineData("I reside in Oslo.", "I'm living in Bergen now.")]
    [InlineData("I work at Siemens.", "My employer is Bosch.")]
    [InlineData("My favourite colour is green.", "Blue is my favorite colour.")]
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
    [InlineData("My dog is called Bruno.", "My dog is a Labrador.")]
    [InlineData("My dog is called Bruno.", "The name of my first dog was Max.")]
    [InlineData("My dog is called Bruno.", "My brother's dog is called Max.")]
    [InlineData("My dog is called Bruno.", "I used to have a dog named Max.")]
    [InlineData("My dog is called Bruno.", "My dog loves Max.")]
    [InlineData("My wife is called Ann.", "My wife is Norwegian.")]
    [InlineData("My wife is called Ann.", "My wife's mother is called Susan.")]
    [InlineData("My company is called Acme.", "My company is in Jena.")]
    [InlineData("My name is Mira.", "My last name is Holm.")]
    [InlineData("I live in Oslo.", "I used to live in Bergen.")]
    [InlineData("I live in Oslo.", "I lived in Bergen for five years.")]
    [InlineData("I live in Oslo.", "I moved to Bergen in 1990.")]
    [InlineData("I live in Oslo.", "I moved from Bergen to Oslo.")]
    [InlineData("I live in Oslo.", "My sister lives in Bergen.")]
    [InlineData("I live in Oslo.", "My parents' home is in Bergen.")]
    [InlineData("I live in Oslo.", "I have a holiday home in Bergen.")]
    [InlineData("I work at Siemens.", "I work for the sales department.")]
    [InlineData("My mother is called Eva.", "My mom is called Ruth.")]
    public void These_can(string one, string other) => Assert.False(Statement.Of(one).Contradicts(Statement.Of(other)));

    [Theory]
    [InlineData("I live in Oslo.", "i live in  oslo!", true)]
    [InlineData("I'm a nurse", "I am a nurse.", true)]
    [InlineData("I like coffee.", "I do not like coffee.", false)]
    [InlineData("My dog is called Rex.", "The name of my dog is Rex.", true)]
    public void Saying_it_again_is_known(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Statement.Of(one).Repeats(Statement.Of(other)));

    [Theory]
    [InlineData("My mother is called Eva.", "The name of my mom is Ruth.", "mother", "mom")]
    [InlineData("My favourite colour is green.", "My favorite color is blue.", "colour", "color")]
    [InlineData("My dog is called Bruno.", "My cat is called Tom.", "dog", "cat")]
    public void These_could_not_if_both_were_of_one_thing(string one, string other, string noun, string another) =>
        Assert.Equal((noun, another), Statement.Of(one).ContradictsIfSame(Statement.Of(other)));

    [Theory]
    [InlineData("My mother is called Eva.", "My mom is a nurse.")]
    [InlineData("My mother is called Eva.", "My mom is called Eva.")]
    [InlineData("My mother is called Eva.", "My mom is not called Ruth.")]
    [InlineData("My shoe is red.", "My shoes are black.")]
    [InlineData("My older brother is called Tim.", "My younger bro is called Jack.")]
    [InlineData("Meine Mutter heißt Eva.", "Meine Mama heißt Ruth.")]
    [InlineData("I live in Oslo.", "My home is in Bergen.")]
    public void These_need_no_more_than_rules(string one, string other) =>
        Assert.Null(Statement.Of(one).ContradictsIfSame(Statement.Of(other)));
}
