using Republic.Core.Interactions.PersonalData;
using static Republic.Tests.Unit.Interactions.PersonalDataAssert;

namespace Republic.Tests.Unit.Interactions;

public sealed class PersonalDataKeyTests
{
    private const string WebToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_0123456789";
    private const string AccessToken = "rpat_Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";
    private const string MinionKey = "rep_Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";

    [Theory]
    [InlineData("sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWx-12_34AA")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("gho_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("github_pat_11ABCDEFG0123456789ab_cdefghijklmnop")]
    [InlineData("xoxb-123456789012-abcdefABCDEF")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("AIzaSyA-1234567890abcdefghijklmnopqrstu")]
    [InlineData("hf_abcdefghijklmnopqrstuvwxyzABCDEFGH")]
    [InlineData("glpat-abcdefghij1234567890")]
    [InlineData("nvapi-Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOp")]
    public void A_key_that_stands_alone_is_found(string key) => Finds(PersonalDataKind.Key, key, key);

    [Theory]
    [InlineData("Use sk-abcdefghij1234567890ABCD.", "sk-abcdefghij1234567890ABCD")]
    [InlineData($"Use {AccessToken}.", AccessToken)]
    [InlineData($"({MinionKey})", MinionKey)]
    [InlineData($"({WebToken})", WebToken)]
    [InlineData($"_{WebToken}_", WebToken)]
    [InlineData("Authorization: Bearer abcdefghij.1234567890~xyz", "abcdefghij.1234567890~xyz")]
    [InlineData("Bearer\u00A0abcdefghij.1234567890~xyz", "abcdefghij.1234567890~xyz")]
    [InlineData("Authorization: Basic bWlyYTpzdHJlbmdnZWhlaW0xMjM=", "bWlyYTpzdHJlbmdnZWhlaW0xMjM=")]
    [InlineData("DB_PASSWORD=Tr0ub4dor!3xyz", "Tr0ub4dor!3xyz")]
    [InlineData("{\"accessToken\": \"9f86d081884c7d659a2f\"}", "9f86d081884c7d659a2f")]
    [InlineData("api_key = 'Zx81-Qw7Er5Ty3Ui'", "Zx81-Qw7Er5Ty3Ui")]
    [InlineData("**Passwort:** `Sommer2024!x`", "Sommer2024!x")]
    [InlineData("https://example.com/?token=a8Kd93jLq0Zx&x=1", "a8Kd93jLq0Zx")]
    [InlineData("secret: P@ssw0rd123, and more", "P@ssw0rd123")]
    [InlineData("password\u00A0=\u00A0tR7xK2mQ9vLp", "tR7xK2mQ9vLp")]
    [InlineData("密码 password：tR7xK2mQ9vLp", "tR7xK2mQ9vLp")]
    [InlineData("postgres://mira:tR7xK2mQ9vLp@db/x", "tR7xK2mQ9vLp")]
    [InlineData("https://mira:hunter2@example.org/", "hunter2")]
    [InlineData("redis://:a1%40b2c3@cache:6379", "a1%40b2c3")]
    public void A_key_is_found_in_a_text(string text, string key) => Finds(PersonalDataKind.Key, text, key);

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
    [InlineData("a basic authorization2")]
    [InlineData("Basic YWJjZGVmZ2hpamts")]
    [InlineData("the basic concepts")]
    [InlineData("postgres://user:password@db/x")]
    [InlineData("https://example.com:8080/@user12345")]
    [InlineData("http://user:$PASSWORD_1@db/x")]
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
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEpAIBAAKCAQEA\nabc")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nMIIEpAIBAAKCAQEA")]
    public void A_private_key_that_was_cut_off_goes_on_behind_its_headers(string block) =>
        Finds(PersonalDataKind.Key, $"{block}\n\nThanks", block);

    [Fact]
    public void What_is_no_key_behind_the_headers_of_one_stays() =>
        Finds(PersonalDataKind.Key, "-----BEGIN PRIVATE KEY-----\n\nThanks to all", "-----BEGIN PRIVATE KEY-----");
}
