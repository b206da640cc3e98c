using Republic.Core.Data;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Overview;

internal static class RefusedKeys
{
    /// <summary>
    /// Keys that their provider refused when it was asked with them last. What became of an earlier key says nothing about the one that is
    /// stored now.
    /// </summary>
    public static IQueryable<Credential> Refused(this IQueryable<Credential> keys, RepublicDb db) =>
        keys.Where(key =>
            db.ModelCalls.Where(call => call.KeyId == key.Id && call.StartedAt >= key.KeySetAt && call.IsJudged)
                .OrderByDescending(call => call.StartedAt)
                .Take(1)
                .Any(call => call.Error == ProviderErrorKind.BadKey)
        );
}
