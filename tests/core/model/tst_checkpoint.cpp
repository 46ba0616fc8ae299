// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoint files: round trip, the format's own rules, and everything that can be wrong with a
// file.
#include "core/model/architecture.h"
#include "core/model/checkpoint.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>
#include <functional>

using namespace augury;
using nlohmann::json;

namespace {

Checkpoint sample()
{
    Checkpoint checkpoint;
    checkpoint.architecture = tutorialCnnName;
    checkpoint.inputShape = {1, 6, 5};
    checkpoint.classNames = {"cat", "dög", "\"quoted\""};
    checkpoint.normalisation = {NormalisationKind::Standardise, {0.25}, {0.125}};
    checkpoint.settings.seed = 4294967295;
    checkpoint.settings.learningRate = 0.002;
    checkpoint.history = {{1.5, 0.4, {}, {}, 2.5}, {1.1, 0.6, 1.2, 0.55, 2.4}};
    checkpoint.dataName = "bands";
    checkpoint.settings.policy.horizontalFlip = true;
    checkpoint.settings.policy.zoomRange = {0.9, 1.2};
    checkpoint.validationFraction = 0.1;
    checkpoint.splitSeed = 77;
    float next = 0.5F;
    for (const auto& spec : tutorialCnnTensors(checkpoint.inputShape, 3)) {
        std::size_t n = 1;
        for (const auto side : spec.shape)
            n *= static_cast<std::size_t>(side);
        if (spec.role == TensorRole::Counter)
            checkpoint.tensors.push_back({spec.name, spec.shape, std::vector<std::int64_t>{7}});
        else
            checkpoint.tensors.push_back({spec.name, spec.shape, std::vector<float>(n, next += 1)});
    }
    return checkpoint;
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

struct Parts {
    json header;
    QByteArray data;
};

Parts split(const QByteArray& file)
{
    quint64 size = 0;
    std::memcpy(&size, file.constData(), 8);
    return {json::parse(file.mid(8, static_cast<qsizetype>(size)).toStdString()),
        file.mid(8 + static_cast<qsizetype>(size))};
}

QByteArray join(const Parts& parts)
{
    const auto header = QByteArray::fromStdString(parts.header.dump());
    const auto size = static_cast<quint64>(header.size());
    return QByteArray(reinterpret_cast<const char*>(&size), 8) + header + parts.data;
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(Parts&)>)

class CheckpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_dir.isValid());
        m_path = m_dir.filePath(QStringLiteral("model.safetensors"));
        saveCheckpoint(sample(), m_path.toStdString());
    }

    void comesBackTheSame()
    {
        const auto expected = sample();
        const auto actual = loadCheckpoint(m_path.toStdString());
        QCOMPARE(actual.architecture, expected.architecture);
        QVERIFY(actual.inputShape == expected.inputShape);
        QVERIFY(actual.classNames == expected.classNames);
        QVERIFY(actual.normalisation == expected.normalisation);
        QVERIFY(actual.settings == expected.settings);
        QCOMPARE(actual.dataName, expected.dataName);
        QCOMPARE(actual.validationFraction, 0.1);
        QCOMPARE(actual.splitSeed, std::uint64_t(77));
        QCOMPARE(actual.history.size(), std::size_t(2));
        QVERIFY(!actual.history[0].validationLoss);
        QCOMPARE(actual.history[1].validationAccuracy.value(), 0.55);
        QCOMPARE(actual.tensors.size(), expected.tensors.size());
        for (const auto& tensor : expected.tensors)
            QVERIFY2(actual.tensor(tensor.name).values == tensor.values, tensor.name.c_str());
    }

    void bytesInMemoryAreReadLikeAFile()
    {
        const auto bytes = readFile(m_path);
        const auto actual = parseCheckpoint(bytes.toStdString(), "the example");
        const auto expected = loadCheckpoint(m_path.toStdString());
        QVERIFY(actual.settings == expected.settings);
        QVERIFY(actual.classNames == expected.classNames);
        QCOMPARE(actual.tensors.size(), expected.tensors.size());
        for (const auto& tensor : expected.tensors)
            QVERIFY2(actual.tensor(tensor.name).values == tensor.values, tensor.name.c_str());

        const auto messageOf = [](auto&& load) {
            try {
                load();
            } catch (const Error& error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        for (const auto size : {qsizetype(0), qsizetype(100), bytes.size() - 4}) {
            const auto path = m_dir.filePath(QStringLiteral("part.safetensors"));
            writeFile(path, bytes.left(size));
            const auto ofFile = messageOf([&] { loadCheckpoint(path.toStdString()); });
            const auto ofBytes =
                messageOf([&] { parseCheckpoint(bytes.left(size).toStdString(), "the example"); });
            QVERIFY(ofBytes.startsWith(QStringLiteral("Could not load the model the example: ")));
            QCOMPARE(ofBytes, QString(ofFile).replace(path, QStringLiteral("the example")));
        }
    }

    void readsFilesOfTheFirstVersions()
    {
        auto parts = split(readFile(m_path));
        auto& metadata = parts.header["__metadata__"];
        metadata.erase("split");
        auto training = json::parse(metadata["training"].get<std::string>());
        QCOMPARE(training.erase("train_policy"), std::size_t(1));
        metadata["training"] = training.dump();
        const auto path = m_dir.filePath(QStringLiteral("old.safetensors"));
        writeFile(path, join(parts));
        const auto old = loadCheckpoint(path.toStdString());
        QCOMPARE(old.validationFraction, 0.0);
        QCOMPARE(old.splitSeed, std::uint64_t(1));
        QVERIFY(old.settings.policy == AugmentPolicy{});
        QCOMPARE(old.settings.learningRate, 0.002);
    }

    void followsTheFormat()
    {
        const auto parts = split(readFile(m_path));
        for (const auto& [key, value] : parts.header["__metadata__"].items())
            QVERIFY2(value.is_string(), key.c_str()); // the format allows texts only
        QVERIFY(parts.header.contains("conv1.weight"));
        QCOMPARE(parts.header["conv1.weight"]["dtype"].get<std::string>(), std::string("F32"));
        QVERIFY(parts.header["conv1.weight"]["shape"] == json({32, 1, 3, 3}));
        QCOMPARE(parts.header["bn1.num_batches_tracked"]["dtype"].get<std::string>(),
            std::string("I64"));
        const auto begin = parts.header["fc2.bias"]["data_offsets"][0].get<qsizetype>();
        float value = 0;
        std::memcpy(&value, parts.data.constData() + begin, 4);
        QCOMPARE(value, std::get<std::vector<float>>(sample().tensor("fc2.bias").values)[0]);
        quint64 headerSize = 0;
        std::memcpy(&headerSize, readFile(m_path).constData(), 8);
        QCOMPARE(headerSize % 8, quint64(0));
    }

    void everyTruncationIsRefused()
    {
        const auto whole = readFile(m_path);
        const auto path = m_dir.filePath(QStringLiteral("cut.safetensors"));
        for (qsizetype size = 0; size < whole.size(); size += size < 5000 ? 7 : 4999) {
            writeFile(path, whole.left(size));
            QVERIFY_EXCEPTION_THROWN(loadCheckpoint(path.toStdString()), Error);
        }
        writeFile(path, whole + "x");
        QVERIFY_EXCEPTION_THROWN(loadCheckpoint(path.toStdString()), Error);
    }

    void changedHeaderBytesNeverCrash()
    {
        const auto whole = readFile(m_path);
        const auto path = m_dir.filePath(QStringLiteral("mutated.safetensors"));
        int refused = 0;
        for (qsizetype at = 0; at < 2500; at += 3) {
            auto bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
            writeFile(path, bytes);
            try {
                loadCheckpoint(path.toStdString());
            } catch (const Error&) {
                ++refused;
            }
        }
        QVERIFY(refused > 300); // harmless ones change a name or a number only
    }

    void refuses_data()
    {
        using Change = std::function<void(Parts&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* message, Change change) {
            QTest::newRow(name) << change << QString::fromUtf8(message);
        };
        row("overlap", "overlaps", [](Parts& p) {
            // one element of each pair of neighbours shared
            auto& offsets = p.header["bn1.weight"]["data_offsets"];
            offsets = {offsets[0].get<int>() - 4, offsets[1].get<int>() - 4};
        });
        row("out of range", "truncated", [](Parts& p) {
            p.header["bn1.weight"]["data_offsets"] = {1ULL << 40, (1ULL << 40) + 128};
        });
        row("negative offset", "data_offsets", [](Parts& p) {
            p.header["bn1.weight"]["data_offsets"] = {-4, 124};
        });
        row("backward", "lies at bytes", [](Parts& p) {
            p.header["bn1.weight"]["data_offsets"] = {128, 0};
        });
        row("wrong dtype", "F16", [](Parts& p) { p.header["bn1.weight"]["dtype"] = "F16"; });
        row("counter as float", "bytes where",
            [](Parts& p) { p.header["bn1.num_batches_tracked"]["dtype"] = "F32"; });
        row("wrong shape", "bytes where", [](Parts& p) { p.header["bn1.weight"]["shape"] = {31}; });
        row("other layout", "shape [1, 32]", [](Parts& p) {
            p.header["bn1.weight"]["shape"] = {1, 32};
        });
        row("overflowing shape", "impossibly large", [](Parts& p) {
            p.header["bn1.weight"]["shape"] = {1LL << 40, 1LL << 40};
        });
        row("missing tensor", "leaves a hole", [](Parts& p) { p.header.erase("fc2.weight"); });
        row("renamed tensor", "missing", [](Parts& p) {
            p.header["other"] = p.header["fc2.weight"];
            p.header.erase("fc2.weight");
        });
        row("not a number", "not numbers", [](Parts& p) { p.data.fill('\xff'); });
        row("no metadata", "not written by Augury",
            [](Parts& p) { p.header.erase("__metadata__"); });
        row("other architecture", "resnet",
            [](Parts& p) { p.header["__metadata__"]["architecture"] = "resnet"; });
        row("newer format", "version 2",
            [](Parts& p) { p.header["__metadata__"]["augury_format"] = "2"; });
        row("bad shape", "input_shape",
            [](Parts& p) { p.header["__metadata__"]["input_shape"] = "[1, 1000000000000, 5]"; });
        row("bad class names", "class_names",
            [](Parts& p) { p.header["__metadata__"]["class_names"] = "[1, 2, 3]"; });
        row("bad normalisation", "std", [](Parts& p) {
            p.header["__metadata__"]["normalisation"] =
                R"({"kind": "scale", "mean": [0], "std": [0]})";
        });
        row("impossible split", "validation_fraction", [](Parts& p) {
            p.header["__metadata__"]["split"] = R"({"validation_fraction": 1, "split_seed": 1})";
        });
        row("bad augmentation", "train_policy", [](Parts& p) {
            p.header["__metadata__"]["training"] = R"({"train_policy": {"rotation_range": 999}})";
        });
        row("broken history", "history",
            [](Parts& p) { p.header["__metadata__"]["history"] = "[{]"; });
    }
    void refuses()
    {
        QFETCH(std::function<void(Parts&)>, change);
        QFETCH(QString, message);
        auto parts = split(readFile(m_path));
        change(parts);
        const auto path = m_dir.filePath(QStringLiteral("bad.safetensors"));
        writeFile(path, join(parts));
        try {
            loadCheckpoint(path.toStdString());
            QFAIL("accepted");
        } catch (const Error& error) {
            const auto text = QString::fromUtf8(error.what());
            QVERIFY2(text.contains(message), error.what());
            QVERIFY2(text.contains(QStringLiteral("bad.safetensors")), error.what());
        }
    }

    void refusesOtherFiles()
    {
        QVERIFY_EXCEPTION_THROWN(loadCheckpoint(m_dir.path().toStdString()), Error);
        QVERIFY_EXCEPTION_THROWN(loadCheckpoint("/nowhere/model.safetensors"), Error);
        const auto path = m_dir.filePath(QStringLiteral("text.safetensors"));
        writeFile(path, QByteArray("this is a text file, not a model, and rather long too"));
        QVERIFY_EXCEPTION_THROWN(loadCheckpoint(path.toStdString()), Error);
    }

    void aFailedSaveLeavesTheOldFile()
    {
        const auto before = readFile(m_path);
        QVERIFY_EXCEPTION_THROWN(
            saveCheckpoint(sample(), (m_path + QStringLiteral("/below/a/file")).toStdString()),
            Error);
        QCOMPARE(readFile(m_path), before);
        QCOMPARE(QDir(m_dir.path()).entryList({QStringLiteral("*.tmp")}).size(), 0);
    }

private:
    QTemporaryDir m_dir;
    QString m_path;
};

QTEST_GUILESS_MAIN(CheckpointTest)
#include "tst_checkpoint.moc"
