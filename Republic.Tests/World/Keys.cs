using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Republic.Core.Security;

namespace Republic.Tests.World;

public static class Keys
{
    public static MasterKey New() => MasterKey.FromSetting(With(RandomNumberGenerator.GetBytes(32)))!;

    private static IConfiguration With(byte[] key) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(MasterKey.Setting, Convert.ToBase64String(key))]).Build();
}
