using System.Buffers.Text;
using System.Security.Cryptography;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Microsoft.AspNetCore.DataProtection;

namespace Arena.Application.Voting;

/// <summary>
/// Makes battle tokens: the whole battle, encrypted and signed with the host's keys. A token tells its holder nothing, cannot be
/// made or changed by anybody else, outlives a restart, and is good on every node; that it is used once is the database's part.
/// </summary>
public sealed class BattleSeal(IDataProtectionProvider protection)
{
    private const byte Version = 1;

    private const int Length = 256;

    private readonly IDataProtector protector = protection.CreateProtector("Arena.Voting.Battle");

    public string Seal(DrawnBattle drawn)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            var battle = drawn.Battle;
            writer.Write(Version);
            writer.Write(drawn.Arena);
            writer.Write(battle.Id.Value.ToByteArray());
            writer.Write(battle.ArenaId.Value.ToByteArray());
            writer.Write(drawn.Voter.Key.ToByteArray());
            writer.Write((byte)drawn.Voter.Kind);
            writer.Write((byte)battle.Slots.Length);
            foreach (var (slot, sample) in battle.Slots.Zip(battle.Samples))
            {
                writer.Write7BitEncodedInt(slot);
                writer.Write7BitEncodedInt(sample);
            }

            writer.Write((byte)battle.Branch);
            writer.Write(battle.Policy);
            writer.Write(battle.UniformShare);
            writer.Write(battle.Probability);
            writer.Write(battle.ProbabilityError);
            writer.Write(battle.DrawnAt.UtcTicks);
            // tokens of one length: else a control battle, or a slot with a large number, could be told by it
            writer.Write(new byte[(int)(Length - (bytes.Position % Length))]);
        }

        return Base64Url.EncodeToString(protector.Protect(bytes.ToArray()));
    }

    /// <summary>What the token stands for; null when it is none of ours, or was changed.</summary>
    public DrawnBattle? Open(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        byte[] content;
        try
        {
            content = protector.Unprotect(Base64Url.DecodeFromChars(token));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(content));
        if (reader.ReadByte() != Version)
        {
            return null;
        }

        var arena = reader.ReadString();
        var id = new BattleId(new Guid(reader.ReadBytes(16)));
        var arenaId = new VotingArenaId(new Guid(reader.ReadBytes(16)));
        var voter = new VoterIdentity(new Guid(reader.ReadBytes(16)), (VoterKind)reader.ReadByte());
        var slots = new int[reader.ReadByte()];
        var samples = new int[slots.Length];
        for (var k = 0; k < slots.Length; k++)
        {
            slots[k] = reader.Read7BitEncodedInt();
            samples[k] = reader.Read7BitEncodedInt();
        }

        var battle = new Battle
        {
            Id = id,
            ArenaId = arenaId,
            Slots = slots,
            Samples = samples,
            Branch = (BattleBranch)reader.ReadByte(),
            Policy = reader.ReadString(),
            UniformShare = reader.ReadDouble(),
            Probability = reader.ReadDouble(),
            ProbabilityError = reader.ReadDouble(),
            DrawnAt = new(reader.ReadInt64(), TimeSpan.Zero),
        };
        return new(battle, voter, arena);
    }
}
