using Republic.Core.Interactions.PersonalData;
using static Republic.Tests.Unit.Interactions.PersonalDataAssert;

namespace Republic.Tests.Unit.Interactions;

public sealed class PersonalDataScannerTests
{
    private const string Key = "sk-abcdefghij1234567890ABCD";
    private static readonly Dictionary<PersonalDataKind, PersonalDataRule> NoRules = [];

    [Theory]
    [InlineData("Write to anna.schmidt@example.com, please.", "anna.schmidt@example.com")]
    [InlineData("<a+b_c%d-e@mail.example.co.uk>", "a+b_c%d-e@mail.example.co.uk")]
    [InlineData("mailto:anna@example.org?subject=x", "anna@example.org")]
    [InlineData("Иван: иван@пример.рф.", "иван@пример.рф")]
    [InlineData("müller@bücher.de", "müller@bücher.de")]
    [InlineData("a@xn--bcher-kva.xn--p1ai", "a@xn--bcher-kva.xn--p1ai")]
    [InlineData("'anna@example.com'", "anna@example.com")]
    [InlineData("-anna1984@example.com-", "anna1984@example.com")]
    [InlineData("メールはanna@example.comです", "anna@example.com")]
    [InlineData("...anna@example.com...", "anna@example.com")]
    [InlineData("😀anna@example.com😀", "anna@example.com")]
    [InlineData("0171.2345678@example.com", "0171.2345678@example.com")]
    [InlineData("https://example.com/?e=mira%40example.org&x=1", "mira%40example.org")]
    [InlineData("_anna@example.com_", "anna@example.com")]
    [InlineData("_anna_@example.com", "_anna_@example.com")]
    [InlineData("_anna_.x@example.com", "_anna_.x@example.com")]
    [InlineData("anna＠example.com", "anna＠example.com")]
    [InlineData("mu\u0308ller@bu\u0308cher.de", "mu\u0308ller@bu\u0308cher.de")]
    public void An_email_is_found(string text, string email) => Finds(PersonalDataKind.Email, text, email);

    [Theory]
    [InlineData("@anna knows")]
    [InlineData("anna@localhost")]
    [InlineData("a@b.c")]
    [InlineData("left-pad@1.3.0")]
    [InlineData("git@github.com:owner/name.git")]
    [InlineData("icon@2x.png")]
    [InlineData("anna @ example.com")]
    [InlineData("anna.@example.com")]
    [InlineData("@app.route('/x')")]
    [InlineData("anna@example..com")]
    [InlineData("anna@-example.com")]
    [InlineData("@@@@")]
    [InlineData("100%40 of all")]
    public void No_email_is_found(string text) => FindsNothing(text);

    [Theory]
    [InlineData("I am anna schmidt.", "anna schmidt")]
    [InlineData("ANNA's dog", "ANNA")]
    [InlineData("Frau Schmidt", "Schmidt")]
    [InlineData("anna_x", "anna")]
    [InlineData("José!", "José")]
    [InlineData("Hans-Peter and", "Hans-Peter")]
    [InlineData("O'Brien", "O'Brien")]
    [InlineData("Peter said", "Peter")]
    [InlineData("我叫王伟。", "王伟")]
    [InlineData("私はAnnaです", "Anna")]
    [InlineData("😀Anna😀", "Anna")]
    [InlineData("ΓΙΏΡΓΟΣ", "ΓΙΏΡΓΟΣ")]
    [InlineData("Иван", "Иван")]
    [InlineData("Jose\u0301!", "Jose\u0301")]
    [InlineData("_José_", "José")]
    [InlineData("An\u00ADna", "An\u00ADna")]
    [InlineData("Γιω\u0301ργος", "Γιω\u0301ργος")]
    [InlineData("Ａｎｎａ", "Ａｎｎａ")]
    public void A_name_is_found(string text, string name) => Finds(PersonalDataKind.Name, text, name, Person());

    [Theory]
    [InlineData("Annas dog")]
    [InlineData("Joanna")]
    [InlineData("anna1")]
    [InlineData("Jose")]
    [InlineData("An na")]
    [InlineData("Goldschmidt")]
    [InlineData("Li and Bo")]
    [InlineData("von der Straße")]
    [InlineData("Anna\u0301")]
    [InlineData("Peters")]
    public void No_name_is_found(string text) => Assert.Empty(Person().Find(text));

    [Theory]
    [InlineData("Østerga\u030Ard", "Østergård")]
    [InlineData("Tru\u031Bo\u031B\u0323ng", "Trượng")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("カ\u3099ラ", "ガラ")]
    public void A_name_is_the_same_name_with_its_accents_apart(string apart, string whole)
    {
        Finds(PersonalDataKind.Name, $"{apart}!", apart, new PersonalDataScanner([whole]));
        Finds(PersonalDataKind.Name, $"{whole}!", whole, new PersonalDataScanner([apart]));
    }

    [Fact]
    public void A_name_of_two_letters_is_found_whole() => Finds(PersonalDataKind.Name, "Bo Li writes", "Bo Li", Person());

    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00", PersonalDataKind.Iban)]
    [InlineData("3782 822463 10005", PersonalDataKind.Card)]
    [InlineData("anna.0171-2345678@example.com", PersonalDataKind.Email)]
    [InlineData("4111111111111111@example.com", PersonalDataKind.Email)]
    [InlineData("sk-4111111111111111aB-0171-2345678", PersonalDataKind.Key)]
    [InlineData("token=sk-abcdefghij1234567890ABCD", PersonalDataKind.Key)]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_0123456789", PersonalDataKind.Key)]
    [InlineData("password: anna.schmidt84@example.com", PersonalDataKind.Email)]
    [InlineData("tel 192.168.178.201", PersonalDataKind.Ip)]
    [InlineData("tel. 4111 1111 1111 1111", PersonalDataKind.Card)]
    public void The_more_specific_kind_wins(string text, PersonalDataKind kind) =>
        Assert.Equal(kind, Assert.Single(Person().Find(text)).Kind);

    [Fact]
    public void Matches_are_in_order_and_do_not_overlap()
    {
        var text = $"Anna, 030 1234567, {Key}, anna@example.com, 4111 1111 1111 1111, 203.0.113.7, DE89370400440532013000, Schmidt";
        var matches = Person().Find(text);

        Assert.Equal(
            [
                PersonalDataKind.Name,
                PersonalDataKind.Phone,
                PersonalDataKind.Key,
                PersonalDataKind.Email,
                PersonalDataKind.Card,
                PersonalDataKind.Ip,
                PersonalDataKind.Iban,
                PersonalDataKind.Name,
            ],
            matches.Select(match => match.Kind)
        );
        Assert.All(matches.Zip(matches.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Length <= pair.Second.Start));
        Assert.Equal("[name], [phone], [key], [email], [card], [ip], [iban], [name]", PersonalDataMask.Apply(text, matches, NoRules));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("0-")]
    [InlineData("1.")]
    [InlineData("1111 ")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a.a@a.")]
    [InlineData(":")]
    [InlineData("f:")]
    [InlineData("::1")]
    [InlineData("a")]
    [InlineData("+")]
    [InlineData("+1(")]
    [InlineData("((0)")]
    [InlineData("sk-")]
    [InlineData("sk-a0123456789")]
    [InlineData("AIza0123456789-")]
    [InlineData("eyJ")]
    [InlineData("eyJ-.")]
    [InlineData("eyJabcdefgh.")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n\n")]
    [InlineData("-----END ")]
    [InlineData("Bearer ")]
    [InlineData("token=")]
    [InlineData("token=\"")]
    [InlineData("DE89 ")]
    [InlineData("XX83")]
    [InlineData("XX83 ")]
    [InlineData("anna")]
    [InlineData("anna ")]
    [InlineData("Tel. 1")]
    [InlineData("number no ")]
    [InlineData("😀")]
    [InlineData("\uFFFF")]
    [InlineData("\u0301")]
    [InlineData("e\u0301")]
    [InlineData("\u00AD")]
    [InlineData("_a")]
    [InlineData("_a_ ")]
    [InlineData("%40")]
    [InlineData("://")]
    [InlineData("a://:1@")]
    [InlineData("Basic ")]
    [InlineData("1. ")]
    [InlineData("1.\n")]
    [InlineData("0171/1234567 ")]
    [InlineData("0171/1234567,")]
    [InlineData(" ")]
    public void A_hostile_text_is_read_to_its_end(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var matches = Person().Find(text);

        Assert.All(matches, match => Assert.True(match.Length > 0 && match.Start >= 0 && match.Start + match.Length <= text.Length));
        _ = PersonalDataMask.Apply(text, matches, NoRules);
    }

    [Fact]
    public void An_empty_text_holds_nothing() => FindsNothing("");

    [Theory]
    [InlineData('\uD83D')]
    [InlineData('\uDE00')]
    public void Half_a_surrogate_pair_is_no_letter_and_does_no_harm(char half) =>
        Assert.Equal([1, 6], Person().Find($"{half}Anna{half}Anna{half}").Select(match => match.Start));
}
