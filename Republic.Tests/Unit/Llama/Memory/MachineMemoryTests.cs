using Republic.Core.Llama.Memory;

namespace Republic.Tests.Unit.Llama.Memory;

/// <summary>What a process may take, on machines and in containers that are folders here.</summary>
public sealed class MachineMemoryTests : IDisposable
{
    private const long GiB = 1L << 30;
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void This_machine_has_some()
    {
        var memory = MachineMemory.Now();

        Assert.InRange(memory.AvailableBytes, 1, memory.TotalBytes);
    }

    [Fact]
    public void Without_groups_it_is_what_the_kernel_says()
    {
        Machine(16, 12);

        Assert.Equal(new MachineMemory(12 * GiB, 16 * GiB), Read());
    }

    [Fact]
    public void A_group_of_version_2_bounds_it_but_for_pages_that_can_be_given_back()
    {
        Machine(16, 12);
        Write("proc/self/cgroup", "0::/a/b\n");
        Group("sys/fs/cgroup/a/b", "memory.max", 4 * GiB, "memory.current", 3 * GiB, "anon 5\ninactive_file 1073741824\n");

        Assert.Equal(new MachineMemory(2 * GiB, 4 * GiB), Read());
    }

    [Fact]
    public void A_group_above_bounds_it_too()
    {
        Machine(16, 12);
        Write("proc/self/cgroup", "0::/a/b\n");
        Write("sys/fs/cgroup/a/b/memory.max", "max\n");
        Group("sys/fs/cgroup/a", "memory.max", 2 * GiB, "memory.current", GiB, "");

        Assert.Equal(new MachineMemory(GiB, 2 * GiB), Read());
    }

    [Fact]
    public void In_a_container_its_own_group_is_the_root()
    {
        Machine(16, 12);
        Write("proc/self/cgroup", "0::/\n");
        Group("sys/fs/cgroup", "memory.max", 3 * GiB, "memory.current", 4 * GiB, "");

        Assert.Equal(new MachineMemory(0, 3 * GiB), Read());
    }

    [Fact]
    public void A_group_of_version_1_bounds_it_though_its_path_is_the_machine_s()
    {
        Machine(16, 12);
        Write("proc/self/cgroup", "5:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n");
        Group("sys/fs/cgroup/memory", "memory.limit_in_bytes", 8 * GiB, "memory.usage_in_bytes", 2 * GiB, "total_inactive_file 0\n");

        Assert.Equal(new MachineMemory(6 * GiB, 8 * GiB), Read());
    }

    [Fact]
    public void No_limit_of_version_1_is_a_number_beyond_any_machine()
    {
        Machine(16, 12);
        Write("proc/self/cgroup", "4:memory:/\n");
        Group("sys/fs/cgroup/memory", "memory.limit_in_bytes", 9_223_372_036_854_771_712, "memory.usage_in_bytes", GiB, "");

        Assert.Equal(new MachineMemory(12 * GiB, 16 * GiB), Read());
    }

    [Fact]
    public void A_kernel_that_says_nothing_is_not_guessed_at()
    {
        Assert.Null(Read());
        Write("proc/meminfo", "MemTotal: many kB\n");
        Assert.Null(Read());
    }

    [Theory]
    [InlineData(4, 512)]
    [InlineData(64, 3276)]
    public void A_part_stays_free(int total, int megabytes) => Assert.Equal(megabytes, new MachineMemory(0, total * GiB).MarginBytes >> 20);

    [Theory]
    [InlineData(4, 256)]
    [InlineData(24, 737)]
    public void A_part_of_a_GPU_stays_free(int total, int megabytes) =>
        Assert.Equal(megabytes, new GpuMemory(0, total * GiB).MarginBytes >> 20);

    private MachineMemory? Read() => new LinuxMemory(root.FullName).Read();

    private void Machine(int total, int available) =>
        Write("proc/meminfo", $"MemTotal:       {total << 20} kB\nMemFree:        5 kB\nMemAvailable:   {available << 20} kB\n");

    private void Group(string folder, string limitFile, long limit, string usedFile, long used, string statistics)
    {
        Write($"{folder}/{limitFile}", $"{limit}\n");
        Write($"{folder}/{usedFile}", $"{used}\n");
        Write($"{folder}/memory.stat", statistics);
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(root.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
