using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Web.Api.OpenAi;

namespace Republic.Tests.Unit.Http;

public sealed class OpenAiUnexpectedErrorTests
{
    [Fact]
    public async Task What_went_wrong_inside_is_told_in_openais_shape_and_not_quoted()
    {
        var (status, error) = await AnswerAsync(new InvalidOperationException("The secret of the house"));

        Assert.Equal(StatusCodes.Status500InternalServerError, status);
        Assert.Equal("server_error", (string?)error["type"]);
        Assert.DoesNotContain("secret", (string)error["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_no_database_keeps_is_the_callers_mistake()
    {
        var refused = new PostgresException("refused", "ERROR", "ERROR", PostgresErrorCodes.CharacterNotInRepertoire);
        var (status, error) = await AnswerAsync(new InvalidOperationException("wrapped", refused));

        Assert.Equal(StatusCodes.Status400BadRequest, status);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
    }

    private static async Task<(int Status, JsonNode Error)> AnswerAsync(Exception error)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
        context.Response.Headers["x-republic-hops"] = "1";
        await OpenAiErrors.UnexpectedAsync(context, error);

        Assert.DoesNotContain("x-republic-hops", context.Response.Headers.Keys);
        return (context.Response.StatusCode, JsonNode.Parse(body.ToArray())!["error"]!);
    }
}
