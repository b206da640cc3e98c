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
    public void No_email_is_found(string text) => FindsNothing(text);

    [Theory]
    [InlineData("Use sk-abcdefghij1234567890ABCD.", Key)]
    [InlineData("sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWx-12_34AA", "sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWx-12_34AA")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("gho_0123456789abcdefghijABCDEFGHIJ012345", "gho_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("github_pat_11ABCDEFG0123456789ab_cdefghijklmnop", "github_pat_11ABCDEFG0123456789ab_cdefghijklmnop")]
    [InlineData("xoxb-123456789012-abcdefABCDEF", "xoxb-123456789012-abcdefABCDEF")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("AIzaSyA-1234567890abcdefghijklmnopqrstu", "AIzaSyA-1234567890abcdefghijklmnopqrstu")]
    [InlineData("hf_abcdefghijklmnopqrstuvwxyzABCDEFGH", "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH")]
    [InlineData("glpat-abcdefghij1234567890", "glpat-abcdefghij1234567890")]
    [InlineData("Use rpat_Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE.", "rpat_Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE")]
    [InlineData("(rep_Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE)", "rep_Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE")]
    [InlineData(
        "nvapi-Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOp",
        "nvapi-Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOp"
    )]
    [InlineData(
        "(eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_0123456789)",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_0123456789"
    )]
    [InlineData("Authorization: Bearer abcdefghij.1234567890~xyz", "abcdefghij.1234567890~xyz")]
    [InlineData("DB_PASSWORD=Tr0ub4dor!3xyz", "Tr0ub4dor!3xyz")]
    [InlineData("{\"accessToken\": \"9f86d081884c7d659a2f\"}", "9f86d081884c7d659a2f")]
    [InlineData("api_key = 'Zx81-Qw7Er5Ty3Ui'", "Zx81-Qw7Er5Ty3Ui")]
    [InlineData("**Passwort:** `Sommer2024!x`", "Sommer2024!x")]
    [InlineData("https://example.com/?token=a8Kd93jLq0Zx&x=1", "a8Kd93jLq0Zx")]
    [InlineData("secret: P@ssw0rd123, and more", "P@ssw0rd123")]
    public void A_key_is_found(string text, string key) => Finds(PersonalDataKind.Key, text, key);

    [Theory]
    [InlineData("sk-short1")]
    [InlineData("task-abcdefghij1234567890ABCD")]
    [InlineData("sk-learn-is-a-library-for-machine-learning")]
    [InlineData("ghp_ and so on")]
    [InlineData("AKIAIOSFODNN7EXAMPLEX")]
    [InlineData("hf_hub_download_of_a_long_model_name")]
    [InlineData("rep_count_of_the_sets_that_were_done_in_one_week")]
    [InlineData("rpat_ and nvapi- and so on")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9")]
    [InlineData("the bearer of this letter")]
    [InlineData("Bearer internationalization")]
    [InlineData("password: hunter2")]
    [InlineData("password: correcthorsebatterystaple")]
    [InlineData("token = settings.tokens.main_2")]
    [InlineData("token = readToken12345()")]
    [InlineData("max_tokens: 4096000000000")]
    [InlineData("tokenizer: abcdefg1234567")]
    [InlineData("api_key=${OPEN_KEY_12345}")]
    [InlineData("password: aaaaaaaaaaaa1")]
    [InlineData("Token::abc123def456")]
    [InlineData("token: https://example.com/a1b2c3d4e5")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB1234\n-----END CERTIFICATE-----")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    public void No_key_is_found(string text) => FindsNothing(text);

    [Theory]
    [InlineData("RSA PRIVATE KEY")]
    [InlineData("PRIVATE KEY")]
    [InlineData("PGP PRIVATE KEY BLOCK")]
    public void A_private_key_is_found_from_begin_to_end(string label)
    {
        var block = $"-----BEGIN {label}-----\nMIIEpAIBAAKCAQEA\n\nabc\n-----END {label}-----";
        Finds(PersonalDataKind.Key, $"See:\n{block}\nand 1 more", block);
    }

    [Fact]
    public void A_private_key_that_was_cut_off_goes_to_the_next_empty_line() =>
        Finds(
            PersonalDataKind.Key,
            "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n\nThanks",
            "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA"
        );

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
