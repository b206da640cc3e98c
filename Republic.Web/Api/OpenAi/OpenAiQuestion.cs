using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Web.Api.OpenAi;

/// <summary>What is asked of a minion, and by whom.</summary>
/// <param name="Body">The request as it came.</param>
internal sealed record OpenAiQuestion(
    HttpContext Context,
    ApiCaller Caller,
    ApiMinion Minion,
    OpenAiRelayRequest Request,
    ReadOnlyMemory<byte> Body
);
